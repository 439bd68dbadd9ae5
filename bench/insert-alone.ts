import { resolveConfig } from '../src/config/resolve-config.ts';
import { openLibrary } from '../src/engine/open-library.ts';
import { syntheticFile } from '../test/support/synthetic-library.ts';
import { clusteredVector } from './clustered-vectors.ts';
import { LARGE } from './large-library.ts';

// How long the vector index of a large library takes for so many new vectors, as JSON; argv: library, vectors. The
// library is changed.

const SEED = 7;
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

const [folder = '', count] = process.argv.slice(2);
const library = await openLibrary(resolveConfig({ library: folder }, {}), SILENT);
const { catalog, spaces } = library;
const { model } = spaces.similar;

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1_000;
}

const openSeconds = await seconds(() => spaces.opened());
const files = Array.from({ length: Number(count) }, (_, n) =>
  syntheticFile(LARGE + n, model.key, clusteredVector(n, model.manifest.dimensions, SEED)),
);
await catalog.files.commit({ files, failures: [], removed: [] });
const insertSeconds = await seconds(() => spaces.catchUp());
const saveSeconds = await seconds(() => spaces.save());
await library.close();
console.log(JSON.stringify({ openSeconds, insertSeconds, saveSeconds }));
