import { resolveConfig } from '../src/config/resolve-config.ts';
import { openLibrary } from '../src/engine/open-library.ts';
import { syntheticPictures } from '../test/support/synthetic-library.ts';
import type { Insertion } from './insertion.ts';
import { LARGE } from './large-library.ts';

// How long the vector index of each space of a large library takes for so many new vectors, as JSON; argv: library,
// vectors, and id or folder of the model when it is not the bundled one. The library is changed.

const SEED = 7;
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

const [folder = '', count, model] = process.argv.slice(2);
const library = await openLibrary(resolveConfig({ library: folder, model }, {}), SILENT);
const { catalog, spaces } = library;

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1_000;
}

const opened = new Map<string, number>();
for (const { space, index } of spaces.all) {
  opened.set(space.id, await seconds(() => index.opened()));
}
const files = syntheticPictures(spaces.similar.model, Number(count), SEED, LARGE);
await catalog.files.commit({ files, failures: [], removed: [] });
const insertions: Insertion[] = [];
for (const { space, index } of spaces.all) {
  insertions.push({
    space: space.id,
    openSeconds: opened.get(space.id) ?? 0,
    insertSeconds: await seconds(() => index.catchUp()),
    saveSeconds: await seconds(() => index.save()),
  });
}
await library.close();
console.log(JSON.stringify(insertions));
