import { join } from 'node:path';
import { SpaceIndex } from '../src/search/space-index.ts';
import { openSqliteCatalog } from '../src/storage/sqlite-catalog.ts';
import { hnswStore } from '../src/vector-index/hnsw-store.ts';
import { clusteredVector } from './clustered-vectors.ts';

// Opens a library as a search does and asks one question; argv: library modelKey dimensions.

const [library = '', modelKey = '', dimensions = '0'] = process.argv.slice(2);
const startedAt = performance.now();
const catalog = openSqliteCatalog(join(library, 'catalog.sqlite'));
const store = hnswStore(join(library, 'indexes'));
const space = await SpaceIndex.open({
  catalog,
  store,
  modelKey,
  space: 'similar',
  dimensions: Number(dimensions),
});
const hits = await space.index.nearest(clusteredVector(1, Number(dimensions), 7), 10);
const openMs = performance.now() - startedAt;
if (space.rebuiltBecause !== null || hits[0]?.id !== 2) {
  throw new Error(`the library was not opened as saved: ${space.rebuiltBecause}`);
}
console.log(JSON.stringify({ openMs, peakMb: process.resourceUsage().maxRSS / 1e3 }));
await catalog.close();
