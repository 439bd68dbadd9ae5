import assert from 'node:assert/strict';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Embedding } from '../../src/domain/embedding.ts';
import type { IndexStamp } from '../../src/domain/index-cache.ts';
import type { ExpectedStamp } from '../../src/vector-index/check-stamp.ts';
import { createHnswIndex } from '../../src/vector-index/hnsw-index.ts';
import { hnswIndexCache } from '../../src/vector-index/hnsw-index-cache.ts';
import { loadHnswIndex } from '../../src/vector-index/load-hnsw-index.ts';
import { saveHnswIndex } from '../../src/vector-index/save-hnsw-index.ts';
import { testVectorIndexContract } from '../contract/vector-index.contract.ts';
import { clusteredEmbeddings } from '../support/clustered-embeddings.ts';
import { thawLibrary } from '../support/frozen-library.ts';
import { makeFormerIndex } from '../support/make-former-index.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DIMENSIONS = 16;
const EXPECTED: ExpectedStamp = {
  libraryId: 'library-a',
  spaceId: 'similar',
  revision: 1,
  modelKey: 'model-a',
  dimensions: DIMENSIONS,
};
const STAMP: IndexStamp = { ...EXPECTED, position: '7-c0ffee' };

const embeddings = clusteredEmbeddings(1, 300, DIMENSIONS);

async function saveSample(folder: string, stamp: Partial<IndexStamp> = {}) {
  const index = createHnswIndex({ dimensions: DIMENSIONS });
  await index.upsert(embeddings.map((embedding, id) => ({ id, embedding })));
  await index.remove([5, 6, 7]);
  await saveHnswIndex(index, folder, { ...STAMP, ...stamp });
  return index;
}

async function load(folder: string, expected: Partial<ExpectedStamp> = {}) {
  return loadHnswIndex(folder, { ...EXPECTED, ...expected });
}

async function loadUsable(folder: string, expected: Partial<ExpectedStamp> = {}) {
  const loaded = await load(folder, expected);
  assert.ok('index' in loaded, JSON.stringify(loaded));
  return loaded;
}

async function assertUnusable(folder: string, reason: RegExp, expected: Partial<ExpectedStamp> = {}) {
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
  await saveHnswIndex(createHnswIndex({ dimensions }), folder, STAMP);
  return (await loadUsable(folder, { dimensions })).index;
});

test('a loaded index answers as the saved one, removals included', async () => {
  const folder = temporaryFolder();
  const saved = await saveSample(folder);
  const { index, position } = await loadUsable(folder);
  assert.equal(position, STAMP.position);
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
  assert.equal(index.removedCount(), 2, 'the point of part 5 is used again');
  await saveHnswIndex(index, folder, { ...STAMP, position: '8-decade' });
  const again = await loadUsable(folder);
  assert.equal(again.position, '8-decade');
  assert.equal(await again.index.size(), 2298);
  assert.deepEqual(await again.index.nearest(embeddings[5] as Embedding, 1), [{ id: 5, similarity: 1 }]);
});

test('a save writes the index as it is when its turn comes, and changes and searches go on around it', async () => {
  const folder = temporaryFolder();
  const index = createHnswIndex({ dimensions: DIMENSIONS });
  const entries = clusteredEmbeddings(3, 3000, DIMENSIONS).map((embedding, id) => ({ id, embedding }));
  const query = embeddings[0] as Embedding;
  const before = index.upsert(entries.slice(0, 1000));
  const save = saveHnswIndex(index, folder, STAMP);
  await before;
  const later = index.upsert(entries.slice(1000));
  const removal = index.remove([0, 1, 2]);
  for (let i = 0; i < 20; i++) assert.equal((await index.nearest(query, 3)).length, 3);
  await Promise.all([save, later, removal]);
  assert.equal(await (await loadUsable(folder)).index.size(), 1000);
  assert.equal(await index.size(), 2997);
});

test('a save leaves its own three files, and nothing of saves before, of the former format or killed', async () => {
  const folder = temporaryFolder();
  await saveSample(folder);
  makeFormerIndex(folder, 41);
  await saveSample(folder);
  await writeFile(join(folder, 'index-5-0123abcd.hnsw.tmp'), 'left by a killed save of the former format');
  await writeFile(join(folder, 'index-4567abcd.parts.tmp'), 'left by a killed save');
  await writeFile(join(folder, 'notes.txt'), 'not ours');
  await saveSample(folder);
  const names = (await readdir(folder)).map((name) => name.replace(/-[0-9a-f]{8}/, ''));
  assert.deepEqual(names.sort(), ['index.hnsw', 'index.parts', 'manifest.json', 'notes.txt']);
});

test('an index of another library, space, revision, model or dimension is not used', async () => {
  const folder = temporaryFolder();
  await saveSample(folder);
  await assertUnusable(folder, /library library-a, expected library-b/, { libraryId: 'library-b' });
  await assertUnusable(folder, /space similar, expected copy/, { spaceId: 'copy' });
  await assertUnusable(folder, /revision 1, expected 2/, { revision: 2 });
  await assertUnusable(folder, /model model-a, expected model-b/, { modelKey: 'model-b' });
  await assertUnusable(folder, /dimensions 16, expected 32/, { dimensions: 32 });
});

test('an index of the former format is used by whatever library, for its vectors to be checked', async () => {
  const folder = temporaryFolder();
  const saved = await saveSample(folder);
  makeFormerIndex(folder, 41);
  const { index, position } = await loadUsable(folder, { libraryId: 'library-b', revision: 3 });
  assert.equal(position, null);
  assert.deepEqual((await index.ids()).sort(), (await saved.ids()).sort());
  for (const query of embeddings.slice(0, 20)) {
    assert.deepEqual(await index.nearest(query, 10), await saved.nearest(query, 10));
  }
});

test('an index of the former format that is damaged or of another space, model or dimension is not used', async () => {
  const folder = temporaryFolder();
  await saveSample(folder);
  makeFormerIndex(folder, 41);
  await assertUnusable(folder, /space similar, expected copy/, { spaceId: 'copy' });
  await assertUnusable(folder, /model model-a, expected model-b/, { modelKey: 'model-b' });
  await assertUnusable(folder, /dimensions 16, expected 32/, { dimensions: 32 });
  const path = await findFile(folder, '.pictures');
  const bytes = await readFile(path);
  bytes.writeUInt8(bytes.readUInt8(8) ^ 1, 8);
  await writeFile(path, bytes);
  await assertUnusable(folder, /changed since it was written/);
});

for (const [version, parts] of [
  [1, 18],
  [2, 19],
] as const) {
  test(`the indexes of a frozen library of version ${version} are found under their names and read`, async () => {
    const { library, expected } = await thawLibrary(version, temporaryFolder());
    const cache = hnswIndexCache(join(library, 'indexes'));
    for (const { key, dimensions } of expected.stats.models) {
      const loaded = await cache.load({ ...EXPECTED, modelKey: key, dimensions });
      assert.ok('index' in loaded, JSON.stringify(loaded));
      assert.equal(loaded.position, null);
      assert.equal(await loaded.index.size(), parts);
    }
  });
}

test('a missing folder, manifest or file makes the index unusable', async () => {
  const folder = temporaryFolder();
  await assertUnusable(join(folder, 'nowhere'), /no index manifest/);
  await assertUnusable(folder, /no index manifest/);
  for (const ending of ['.hnsw', '.parts', 'manifest.json']) {
    await saveSample(folder);
    await rm(await findFile(folder, ending));
    await assertUnusable(folder, ending === 'manifest.json' ? /no index manifest/ : /ENOENT/);
  }
});

test('an index that holds mostly points of removed parts is built again', async () => {
  const folder = temporaryFolder();
  const index = createHnswIndex({ dimensions: 4 });
  const entries = clusteredEmbeddings(3, 10_500, 4).map((embedding, i) => ({ id: i + 1, embedding }));
  await index.upsert(entries);
  await index.remove(entries.slice(0, 10_400).map(({ id }) => id));
  await saveHnswIndex(index, folder, STAMP);
  const loaded = await load(folder, { dimensions: 4 });
  assert.match('unusable' in loaded ? loaded.unusable : '', /10500 points for 100 parts/);
});

test('a load finds a usable index at every moment of saves by another', async () => {
  const folder = temporaryFolder();
  const index = await saveSample(folder);
  let isSaving = true;
  const saves = (async () => {
    for (let i = 0; i < 20; i++) {
      await saveHnswIndex(index, folder, STAMP);
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
  for (const ending of ['.hnsw', '.parts']) {
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
  for (const ending of ['.hnsw', '.parts']) {
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
  await saveHnswIndex(index, other, STAMP);
  await rename(await findFile(other, '.parts'), await findFile(folder, '.parts'));
  await assertUnusable(folder, /\.parts/);
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
