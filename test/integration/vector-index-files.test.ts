import assert from 'node:assert/strict';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Embedding } from '../../src/domain/embedding.ts';
import type { IndexStamp } from '../../src/domain/index-store.ts';
import { createHnswIndex } from '../../src/vector-index/hnsw-index.ts';
import { loadHnswIndex } from '../../src/vector-index/load-hnsw-index.ts';
import { saveHnswIndex } from '../../src/vector-index/save-hnsw-index.ts';
import { testVectorIndexContract } from '../contract/vector-index.contract.ts';
import { clusteredEmbeddings } from '../support/clustered-embeddings.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DIMENSIONS = 16;
const EXPECTED: IndexStamp = {
  modelKey: 'model-a',
  space: 'similar',
  dimensions: DIMENSIONS,
  generation: 7,
};

const embeddings = clusteredEmbeddings(1, 300, DIMENSIONS);

async function saveSample(folder: string, generation = 7) {
  const index = createHnswIndex({ dimensions: DIMENSIONS });
  await index.upsert(embeddings.map((embedding, id) => ({ id, embedding })));
  await index.remove([5, 6, 7]);
  await saveHnswIndex(index, folder, { modelKey: 'model-a', space: 'similar', generation });
  return index;
}

async function load(folder: string, expected: Partial<IndexStamp> = {}) {
  return loadHnswIndex(folder, { ...EXPECTED, ...expected });
}

async function loadUsable(folder: string, expected: Partial<IndexStamp> = {}) {
  const loaded = await load(folder, expected);
  assert.ok('index' in loaded, JSON.stringify(loaded));
  return loaded;
}

async function assertUnusable(folder: string, reason: RegExp, expected: Partial<IndexStamp> = {}) {
  const loaded = await load(folder, expected);
  assert.ok('unusable' in loaded, 'the index was used');
  assert.match(loaded.unusable, reason);
}

async function findFile(folder: string, ending: string): Promise<string> {
  const name = (await readdir(folder)).find((name) => name.endsWith(ending));
  assert.ok(name, `no ${ending} in ${folder}`);
  return join(folder, name);
}

testVectorIndexContract('HNSW index that was saved and loaded', async (dimensions) => {
  const folder = temporaryFolder();
  const stamp = { modelKey: 'model-a', space: 'similar', generation: 0 } as const;
  await saveHnswIndex(createHnswIndex({ dimensions }), folder, stamp);
  return (await loadUsable(folder, { dimensions })).index;
});

test('a loaded index answers as the saved one, removals included', async () => {
  const folder = temporaryFolder();
  const saved = await saveSample(folder);
  const { index, generation } = await loadUsable(folder);
  assert.equal(generation, 7);
  assert.equal(await index.size(), 297);
  assert.deepEqual([index.pointCount(), index.removedCount()], [300, 3]);
  for (const query of embeddings.slice(0, 50)) {
    for (const k of [1, 10, 500])
      assert.deepEqual(await index.nearest(query, k), await saved.nearest(query, k));
  }
});

test('a loaded index can be changed, saved and loaded again', async () => {
  const folder = temporaryFolder();
  await saveSample(folder);
  const { index } = await loadUsable(folder);
  const added = clusteredEmbeddings(2, 2000, DIMENSIONS).map((embedding, i) => ({ id: 1000 + i, embedding }));
  await index.upsert(added);
  await index.upsert([{ id: 5, embedding: embeddings[5] as Embedding }]);
  assert.equal(index.removedCount(), 2, 'the point of picture 5 is used again');
  await saveHnswIndex(index, folder, { modelKey: 'model-a', space: 'similar', generation: 8 });
  const again = await loadUsable(folder, { generation: 8 });
  assert.equal(await again.index.size(), 2298);
  assert.deepEqual(await again.index.nearest(embeddings[5] as Embedding, 1), [{ id: 5, similarity: 1 }]);
});

test('a save writes the index as it is when its turn comes, and changes and searches go on around it', async () => {
  const folder = temporaryFolder();
  const index = createHnswIndex({ dimensions: DIMENSIONS });
  const entries = clusteredEmbeddings(3, 3000, DIMENSIONS).map((embedding, id) => ({ id, embedding }));
  const query = embeddings[0] as Embedding;
  const { modelKey, space, generation } = EXPECTED;
  const before = index.upsert(entries.slice(0, 1000));
  const save = saveHnswIndex(index, folder, { modelKey, space, generation });
  await before;
  const later = index.upsert(entries.slice(1000));
  const removal = index.remove([0, 1, 2]);
  for (let i = 0; i < 20; i++) assert.equal((await index.nearest(query, 3)).length, 3);
  await Promise.all([save, later, removal]);
  assert.equal(await (await loadUsable(folder)).index.size(), 1000);
  assert.equal(await index.size(), 2997);
});

test('a save leaves its own three files, and nothing of saves before or of a save that was killed', async () => {
  const folder = temporaryFolder();
  await saveSample(folder, 3);
  await writeFile(join(folder, 'index-5-0123abcd.hnsw.tmp'), 'left by a killed save');
  await writeFile(join(folder, 'notes.txt'), 'not ours');
  await saveSample(folder, 4);
  const names = (await readdir(folder)).map((name) => name.replace(/-[0-9a-f]{8}/, ''));
  assert.deepEqual(names.sort(), ['index-4.hnsw', 'index-4.pictures', 'manifest.json', 'notes.txt']);
});

test('an index older than the catalog is used, a newer one is not', async () => {
  const folder = temporaryFolder();
  await saveSample(folder);
  assert.equal((await loadUsable(folder, { generation: 12 })).generation, 7);
  await assertUnusable(folder, /generation 7, newer than the catalog's 6/, { generation: 6 });
});

test('an index of another model, space or dimension is not used', async () => {
  const folder = temporaryFolder();
  await saveSample(folder);
  await assertUnusable(folder, /modelKey model-a, expected model-b/, { modelKey: 'model-b' });
  await assertUnusable(folder, /space similar, expected copy/, { space: 'copy' as 'similar' });
  await assertUnusable(folder, /dimensions 16, expected 32/, { dimensions: 32 });
});

test('a missing folder, manifest or file makes the index unusable', async () => {
  const folder = temporaryFolder();
  await assertUnusable(join(folder, 'nowhere'), /no index manifest/);
  await assertUnusable(folder, /no index manifest/);
  for (const ending of ['.hnsw', '.pictures', 'manifest.json']) {
    await saveSample(folder);
    await rm(await findFile(folder, ending));
    await assertUnusable(folder, ending === 'manifest.json' ? /no index manifest/ : /ENOENT/);
  }
});

test('an index that holds mostly points of removed pictures is built again', async () => {
  const folder = temporaryFolder();
  const index = createHnswIndex({ dimensions: 4 });
  const entries = clusteredEmbeddings(3, 10_500, 4).map((embedding, i) => ({ id: i + 1, embedding }));
  await index.upsert(entries);
  await index.remove(entries.slice(0, 10_400).map(({ id }) => id));
  await saveHnswIndex(index, folder, { modelKey: 'model-a', space: 'similar', generation: 7 });
  const loaded = await loadHnswIndex(folder, {
    modelKey: 'model-a',
    space: 'similar',
    dimensions: 4,
    generation: 7,
  });
  assert.match('unusable' in loaded ? loaded.unusable : '', /10500 points for 100 pictures/);
});

test('a load finds a usable index at every moment of saves by another', async () => {
  const folder = temporaryFolder();
  const index = await saveSample(folder);
  let isSaving = true;
  const saves = (async () => {
    for (let i = 0; i < 20; i++) {
      await saveHnswIndex(index, folder, { modelKey: 'model-a', space: 'similar', generation: 7 });
    }
    isSaving = false;
  })();
  let loads = 0;
  for (; isSaving; loads++) {
    await loadUsable(folder);
  }
  await saves;
  assert.ok(loads > 3);
});

test('a manifest that is no JSON, or not ours, makes the index unusable', async () => {
  const folder = temporaryFolder();
  await saveSample(folder);
  for (const text of ['', 'garbage', '{}', 'null', '[]', '{"format": "1"}', '\0'.repeat(500)]) {
    await writeFile(join(folder, 'manifest.json'), text);
    await assertUnusable(folder, /not an index manifest/);
  }
});

test('a flipped bit anywhere in either file makes the index unusable', async () => {
  const folder = temporaryFolder();
  await saveSample(folder);
  const random = seededRandom(9);
  for (const ending of ['.hnsw', '.pictures']) {
    const path = await findFile(folder, ending);
    const bytes = await readFile(path);
    const positions = [0, 1, 8, 16, 24, 60, 95, bytes.length - 1];
    while (positions.length < 120) positions.push(Math.floor(random() * bytes.length));
    for (const position of positions) {
      const damaged = Buffer.from(bytes);
      damaged.writeUInt8(bytes.readUInt8(position) ^ (1 << (position % 8)), position);
      await writeFile(path, damaged);
      await assertUnusable(folder, /changed since it was written/);
    }
    await writeFile(path, bytes);
    await loadUsable(folder);
  }
});

test('a file cut short, or grown, makes the index unusable', async () => {
  const folder = temporaryFolder();
  await saveSample(folder);
  for (const ending of ['.hnsw', '.pictures']) {
    const path = await findFile(folder, ending);
    const bytes = await readFile(path);
    for (const length of [0, 1, 50, 96, bytes.length >> 1, bytes.length - 8, bytes.length - 1]) {
      await writeFile(path, bytes.subarray(0, length));
      await assertUnusable(folder, new RegExp(`Found ${length} bytes`));
    }
    await writeFile(path, Buffer.concat([bytes, Buffer.alloc(1)]));
    await assertUnusable(folder, new RegExp(`Found ${bytes.length + 1} bytes`));
    await writeFile(path, bytes);
  }
});

test('the files of two indexes are not mixed up', async () => {
  const [folder, other] = [temporaryFolder(), temporaryFolder()];
  await saveSample(folder);
  const index = createHnswIndex({ dimensions: DIMENSIONS });
  await index.upsert(embeddings.map((embedding, id) => ({ id: 299 - id, embedding })));
  await saveHnswIndex(index, other, { modelKey: 'model-a', space: 'similar', generation: 7 });
  await rename(await findFile(other, '.pictures'), await findFile(folder, '.pictures'));
  await assertUnusable(folder, /\.pictures/);
});

test('a folder that cannot be made is an error with a remedy', async () => {
  const folder = temporaryFolder();
  await writeFile(join(folder, 'file'), '');
  await assert.rejects(saveSample(join(folder, 'file', 'index')), {
    name: 'EideticError',
    code: 'INDEX_UNUSABLE',
    message: /ENOTDIR.*make the folder writable/,
  });
});
