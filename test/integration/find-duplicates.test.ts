import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Embedding, similarity } from '../../src/domain/embedding.ts';
import type { IndexedFile } from '../../src/domain/file-ledger.ts';
import { sourceOf } from '../../src/domain/space.ts';
import type { VectorIndex } from '../../src/domain/vector-index.ts';
import { type DuplicateReport, findDuplicates } from '../../src/duplicates/find-duplicates.ts';
import { createExactIndex } from '../../src/vector-index/exact-index.ts';
import { createHnswIndex } from '../../src/vector-index/hnsw-index.ts';
import { addRegion } from '../support/add-region.ts';
import { clusteredEmbeddings, nearbyEmbedding } from '../support/clustered-embeddings.ts';
import {
  knownFileOf,
  SEEDED_DIMENSIONS,
  SEEDED_KEY,
  seededEmbedding,
  seededFile,
} from '../support/seeded-picture.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { openVectorLibrary, removePictures, type VectorLibrary } from '../support/vector-library.ts';

async function commit({ catalog }: VectorLibrary, ...files: IndexedFile[]): Promise<void> {
  await catalog.files.commit({ files, failures: [], removed: [] });
}

async function report(
  { catalog, space }: VectorLibrary,
  minSimilarity: number | null,
  create: (dimensions: number) => VectorIndex = createExactIndex,
): Promise<DuplicateReport> {
  const { pictures, descriptors } = catalog;
  const index = create(space.dimensions);
  for await (const { upserted } of descriptors.changes(sourceOf(space), null)) {
    await index.upsert(upserted);
  }
  const parts = { pictures, descriptors, index, space };
  return findDuplicates(parts, minSimilarity, () => {}, new AbortController().signal);
}

/** Groups as relation, ids of pictures, and sets of names of one file. */
function groupsOf({ groups }: DuplicateReport) {
  return groups.map(({ relation, pictures, oneFile }) => [relation, pictures.map(({ id }) => id), oneFile]);
}

/** The same file by another path. */
function linked(file: IndexedFile, path: string): IndexedFile {
  return { ...file, described: null, stamp: { ...file.stamp, path } };
}

function withoutPixels(file: IndexedFile): IndexedFile {
  const { described } = file;
  return {
    ...file,
    described: described && { ...described, facts: { ...described.facts, pixelHash: null } },
  };
}

describe('findDuplicates', () => {
  it('finds nothing in an empty library', async () => {
    const library = await openVectorLibrary();
    for (const minSimilarity of [null, 0.5]) {
      assert.deepEqual(await report(library, minSimilarity), {
        minSimilarity,
        groups: [],
        pairs: [],
        oneFileNames: 0,
        unknownPixels: 0,
      });
    }
    await library.catalog.close();
  });

  it('finds pictures in several files, pictures of the same pixels, and look-alikes', async () => {
    const library = await openVectorLibrary();
    await commit(
      library,
      seededFile('/a.jpg', 'one'),
      seededFile('/b.jpg', 'two/1'),
      seededFile('/c.jpg', 'two/2'),
    );
    await commit(library, knownFileOf('/a copy.jpg', 'one'), seededFile('/d.jpg', 'three'));
    await library.catalog.descriptors.put(sourceOf(library.space), [
      { part: 4, unit: seededEmbedding('one'), norm: null },
    ]);
    const certain = await report(library, null);
    assert.deepEqual(groupsOf(certain), [
      ['identical', [1], []],
      ['same-pixels', [2, 3], []],
    ]);
    assert.deepEqual(certain.pairs, [{ a: 2, b: 3, similarity: 1, relation: 'same-pixels' }]);
    const alike = await report(library, 0.9999);
    assert.deepEqual(groupsOf(alike), [
      ['similar', [1, 4], []],
      ['same-pixels', [2, 3], []],
    ]);
    assert.deepEqual(
      alike.pairs.map(({ a, b, relation }) => [a, b, relation]),
      [
        [1, 4, 'similar'],
        [2, 3, 'same-pixels'],
      ],
    );
    await library.catalog.close();
  });

  it('finds every pair above a similarity, with both kinds of index, and no other', async () => {
    const library = await openVectorLibrary();
    const units = clusteredEmbeddings(3, 200, SEEDED_DIMENSIONS);
    await commit(
      library,
      ...units.map((unit, n): IndexedFile => {
        const file = seededFile(`/${n}.jpg`, `picture ${n}`);
        const descriptors = { [SEEDED_KEY]: { cls: { unit, norm: null } } };
        return { ...file, described: file.described && { ...file.described, descriptors } };
      }),
    );
    const expected: string[] = [];
    for (const [i, a] of units.entries()) {
      for (const [j, b] of units.entries()) {
        if (i < j && similarity(a, b) >= 0.9) {
          expected.push(`${i + 1} ${j + 1}`);
        }
      }
    }
    assert.ok(expected.length > 100);
    for (const create of [createExactIndex, (dimensions: number) => createHnswIndex({ dimensions })]) {
      const { pairs } = await report(library, 0.9, create);
      assert.deepEqual(
        pairs.map(({ a, b }) => `${a} ${b}`),
        expected,
      );
    }
    await library.catalog.close();
  });

  it('pairs pictures and not parts: the most similar two parts tell how similar they are', async () => {
    const library = await openVectorLibrary();
    const { catalog, folder, space } = library;
    await commit(library, seededFile('/a.jpg', 'one'), seededFile('/b.jpg', 'two'));
    const put = (part: number, unit: Embedding) =>
      catalog.descriptors.put(sourceOf(space), [{ part, unit, norm: null }]);
    // Three regions of the second show the first, one of them less alike; the regions of the first are alike.
    await put(addRegion(folder, 2), seededEmbedding('one'));
    await put(addRegion(folder, 2), seededEmbedding('one'));
    await put(addRegion(folder, 2), nearbyEmbedding(seededRandom(5), seededEmbedding('one'), 0.3));
    await put(addRegion(folder, 1), seededEmbedding('own'));
    await put(addRegion(folder, 1), seededEmbedding('own'));
    await commit(library, seededFile('/c.jpg', 'three'));
    const { pairs, groups } = await report(library, 0.9);
    assert.deepEqual(
      pairs.map(({ a, b, relation }) => [a, b, relation]),
      [[1, 2, 'similar']],
    );
    assert.ok(Math.abs((pairs[0]?.similarity ?? 0) - 1) < 1e-6);
    assert.equal(groups.length, 1);
    await catalog.close();
  });

  it('does not take names of one file for duplicates, and counts what it leaves out', async () => {
    const library = await openVectorLibrary();
    const linkedTwice = seededFile('/links/a.jpg', 'linked');
    await commit(library, linkedTwice, seededFile('/copied.jpg', 'copied'));
    await commit(library, linked(linkedTwice, '/links/b.jpg'), knownFileOf('/copy.jpg', 'copied'));
    const { groups, oneFileNames } = await report(library, null);
    assert.deepEqual(
      groups.map(({ pictures }) => pictures.map(({ files }) => files.map(({ path }) => path))),
      [[['/copied.jpg', '/copy.jpg']]],
    );
    assert.equal(oneFileNames, 1);
    await library.catalog.close();
  });

  it('says which paths of a group are names of one file', async () => {
    const library = await openVectorLibrary();
    const first = seededFile('/a1.jpg', 'same/1');
    const alone = seededFile('/x1.jpg', 'alone');
    await commit(library, first, seededFile('/b.jpg', 'same/2'), alone);
    await commit(
      library,
      linked(first, '/a2.jpg'),
      linked(alone, '/x2.jpg'),
      knownFileOf('/x3.jpg', 'alone'),
    );
    const found = await report(library, null);
    assert.deepEqual(groupsOf(found), [
      ['same-pixels', [1, 2], [['/a1.jpg', '/a2.jpg']]],
      ['identical', [3], [['/x1.jpg', '/x2.jpg']]],
    ]);
    assert.equal(found.oneFileNames, 0);
    await library.catalog.close();
  });

  it('tells how many pictures nobody has compared by their pixels, and calls none of them the same', async () => {
    const library = await openVectorLibrary();
    await commit(
      library,
      withoutPixels(seededFile('/a.jpg', 'unknown/1')),
      withoutPixels(seededFile('/b.jpg', 'unknown/2')),
      seededFile('/c.jpg', 'known'),
    );
    await library.catalog.descriptors.put(sourceOf(library.space), [
      { part: 2, unit: seededEmbedding('unknown/1'), norm: null },
    ]);
    const certain = await report(library, null);
    assert.deepEqual([certain.groups, certain.pairs, certain.unknownPixels], [[], [], 2]);
    const alike = await report(library, 0.9999);
    assert.deepEqual(groupsOf(alike), [['similar', [1, 2], []]]);
    assert.equal(alike.unknownPixels, 2);
    await library.catalog.close();
  });

  it('leaves out pictures that have no files any more', async () => {
    const library = await openVectorLibrary();
    await commit(
      library,
      seededFile('/1.jpg', 'same/1'),
      seededFile('/2.jpg', 'same/2'),
      seededFile('/3.jpg', 'x'),
    );
    await library.catalog.descriptors.put(sourceOf(library.space), [
      { part: 3, unit: seededEmbedding('same/1'), norm: null },
    ]);
    await library.catalog.files.commit({ files: [], failures: [], removed: ['/1.jpg'] });
    assert.deepEqual(groupsOf(await report(library, 0.9999)), []);
    await removePictures(library.catalog, 3);
    assert.deepEqual(groupsOf(await report(library, 0.9999)), []);
    await library.catalog.close();
  });

  it('tells how far it is, and ends when nobody waits any more', async () => {
    const library = await openVectorLibrary();
    const { catalog, space } = library;
    await commit(library, ...Array.from({ length: 30 }, (_, n) => seededFile(`/${n}.jpg`, `picture ${n}`)));
    const index = createExactIndex(SEEDED_DIMENSIONS);
    const parts = { pictures: catalog.pictures, descriptors: catalog.descriptors, index, space };
    const told: number[] = [];
    await findDuplicates(parts, 0.5, (done) => told.push(done), new AbortController().signal);
    assert.deepEqual(
      told,
      Array.from({ length: 30 }, (_, n) => n + 1),
    );
    const stopped = new AbortController();
    const search = findDuplicates(
      parts,
      0.5,
      (done) => done === 5 && stopped.abort(new Error('nobody waits')),
      stopped.signal,
    );
    await assert.rejects(search, { message: 'nobody waits' });
    await catalog.close();
  });
});
