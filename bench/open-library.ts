import { join } from 'node:path';
import { SpaceIndex } from '../src/search/space-index.ts';
import { openSqliteCatalog } from '../src/storage/sqlite-catalog.ts';
import { sqliteLibraryLock } from '../src/storage/sqlite-library-lock.ts';
import { hnswIndexCache } from '../src/vector-index/hnsw-index-cache.ts';
import { clusteredVector } from './clustered-vectors.ts';

// Opens a library as a search does and asks one question; argv: library.

const [library = ''] = process.argv.slice(2);
const startedAt = performance.now();
const lock = sqliteLibraryLock(library);
const catalog = await openSqliteCatalog(join(library, 'catalog.sqlite'), { lock, say: () => {} });
const { descriptors, libraryId } = catalog;
const cache = hnswIndexCache(join(library, 'indexes'));
const [space] = await catalog.spaces.spaces();
if (space === undefined) {
  throw new Error('the library has no space');
}
const opened = await SpaceIndex.open({ descriptors, cache, libraryId, space });
const hits = await opened.index.nearest(clusteredVector(1, space.dimensions, 7), 10);
const openMs = performance.now() - startedAt;
if (opened.rebuiltBecause !== null || hits[0]?.id !== 2) {
  throw new Error(`the library was not opened as saved: ${opened.rebuiltBecause}`);
}
console.log(JSON.stringify({ openMs, peakMb: process.resourceUsage().maxRSS / 1e3 }));
await catalog.close();
