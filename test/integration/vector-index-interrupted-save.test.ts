import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { createHnswIndex } from '../../src/vector-index/hnsw-index.ts';
import { loadHnswIndex } from '../../src/vector-index/load-hnsw-index.ts';
import { saveHnswIndex } from '../../src/vector-index/save-hnsw-index.ts';
import { clusteredEmbeddings } from '../support/clustered-embeddings.ts';
import { runScript } from '../support/run-script.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const FIRST_COUNT = 100;
const SECOND_COUNT = 800;
const EXPECTED = {
  libraryId: 'library-a',
  spaceId: 'similar',
  revision: 1,
  modelKey: 'model-a',
  dimensions: 64,
};
const STAMP = { ...EXPECTED, position: '1-a' };

async function saveFirst(folder: string): Promise<void> {
  const index = createHnswIndex({ dimensions: 64 });
  await index.upsert(clusteredEmbeddings(1, FIRST_COUNT, 64).map((embedding, id) => ({ id, embedding })));
  await saveHnswIndex(index, folder, STAMP);
}

async function loadCount(folder: string): Promise<number> {
  const loaded = await loadHnswIndex(folder, EXPECTED);
  assert.ok('index' in loaded, JSON.stringify(loaded));
  return loaded.index.size();
}

/** A module's text that saves a larger index into the folder, `rounds` times. */
function savingScript(folder: string, rounds: number): string {
  const from = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  return `
    import { createHnswIndex } from ${from('../../src/vector-index/hnsw-index.js')};
    import { saveHnswIndex } from ${from('../../src/vector-index/save-hnsw-index.js')};
    import { clusteredEmbeddings } from ${from('../support/clustered-embeddings.js')};
    const index = createHnswIndex({ dimensions: 64, efConstruction: 20 });
    await index.upsert(clusteredEmbeddings(2, ${SECOND_COUNT}, 64).map((embedding, id) => ({ id, embedding })));
    process.stdout.write('saving ');
    for (let round = 0; round < ${rounds}; round++) {
      try {
        await saveHnswIndex(index, ${JSON.stringify(folder)}, ${JSON.stringify(STAMP)});
      } catch (error) {
        process.stdout.write(error.code + ': ' + error.message);
      }
    }`;
}

test('a full disk is an error with a remedy, and the index that was there stays', async () => {
  const folder = temporaryFolder();
  await saveFirst(folder);
  const before = await readdir(folder);
  for (const maxFileBlocks of [0, 4, 30, 280]) {
    const { stdout } = await runScript(savingScript(folder, 1), { maxFileBlocks });
    assert.match(stdout, /INDEX_UNUSABLE: .*free disk space/, `at ${maxFileBlocks} blocks`);
    assert.deepEqual((await readdir(folder)).sort(), before.sort());
    assert.equal(await loadCount(folder), FIRST_COUNT);
  }
});

test('a save killed at any moment leaves the old index or the new one, whole', async () => {
  const folder = temporaryFolder();
  const random = seededRandom(4);
  let killedWhileSaving = 0;
  for (let run = 0; run < 6; run++) {
    await saveFirst(folder);
    const killAfterMs = 500 + Math.floor(random() * 700);
    const { stdout, signal } = await runScript(savingScript(folder, 1000), { killAfterMs });
    assert.equal(signal, 'SIGKILL');
    killedWhileSaving += stdout === 'saving ' ? 1 : 0;
    assert.ok(
      [FIRST_COUNT, SECOND_COUNT].includes(await loadCount(folder)),
      `killed after ${killAfterMs} ms`,
    );
  }
  assert.ok(killedWhileSaving > 0, 'no run got as far as saving');
});
