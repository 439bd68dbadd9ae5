import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { ScoredPair } from '../../src/domain/copy-line.ts';
import type { DescriptorStore } from '../../src/domain/descriptor-store.ts';
import { type Embedding, similarity, toEmbedding } from '../../src/domain/embedding.ts';
import type { IndexedFile } from '../../src/domain/file-ledger.ts';
import type { PictureFacts } from '../../src/domain/picture.ts';
import type { CatalogPicture } from '../../src/domain/picture-catalog.ts';
import type { PixelAnswer, PixelHasher, PixelRefusal } from '../../src/domain/pixel-hasher.ts';
import { sourceOf } from '../../src/domain/space.ts';
import type { VectorIndex } from '../../src/domain/vector-index.ts';
import type { CopyAnswer, CopyJudge } from '../../src/duplicates/copy-judge.ts';
import {
  type DuplicateParts,
  type DuplicateProgress,
  type DuplicateReport,
  findDuplicates,
} from '../../src/duplicates/find-duplicates.ts';
import { WHOLE_LIBRARY } from '../../src/duplicates/report-question.ts';
import { pathsInReport, weighReport } from '../../src/duplicates/weigh-report.ts';
import { createExactIndex } from '../../src/vector-index/exact-index.ts';
import { createHnswIndex } from '../../src/vector-index/hnsw-index.ts';
import { addRegion } from '../support/add-region.ts';
import { clusteredEmbeddings, nearbyEmbedding } from '../support/clustered-embeddings.ts';
import { NONE_ASKED } from '../support/reported-picture.ts';
import {
  contentHashOf,
  knownFileOf,
  SEEDED_DIMENSIONS,
  SEEDED_KEY,
  seededEmbedding,
  seededFile,
  seededStamp,
} from '../support/seeded-picture.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { openVectorLibrary, removePictures, type VectorLibrary } from '../support/vector-library.ts';

async function commit({ catalog }: VectorLibrary, ...files: IndexedFile[]): Promise<void> {
  await catalog.files.commit({ files, failures: [], removed: [] });
}

/** Paths that are alike up to `=` hold the same pixels; a path without has its own. */
function pixelsAt(path: string): PixelAnswer {
  const [pixels = ''] = path.split('=');
  return { kind: 'hashed', pixelHash: contentHashOf(pixels) };
}

function unknown(reason: PixelRefusal): PixelAnswer {
  return { kind: 'unknown', reason };
}

interface SeededHasher extends PixelHasher {
  /** The first path of each picture that it was asked about, in order. */
  readonly asked: string[];
}

/** Answers by the first path of a picture, without decoding. */
function seededHasher(answer: (path: string) => PixelAnswer = pixelsAt): SeededHasher {
  const asked: string[] = [];
  return {
    asked,
    parallelism: 2,
    async hash([path = '']) {
      asked.push(path);
      return answer(path);
    },
    hashBytes: () => assert.fail('no bytes are at hand'),
    async close() {},
  };
}

async function partsOf(
  { catalog, space }: VectorLibrary,
  hasher: PixelHasher = seededHasher(),
  create: (dimensions: number) => VectorIndex = createExactIndex,
): Promise<DuplicateParts> {
  const { files, pictures, descriptors } = catalog;
  const index = create(space.dimensions);
  for await (const { upserted } of descriptors.changes(sourceOf(space), null)) {
    await index.upsert(upserted);
  }
  return { files, pictures, descriptors, index, space, hasher, keep: pictures.keepPixels };
}

async function report(
  library: VectorLibrary,
  minSimilarity: number | null,
  hasher?: PixelHasher,
  create?: (dimensions: number) => VectorIndex,
): Promise<DuplicateReport> {
  const parts = await partsOf(library, hasher, create);
  return findDuplicates(parts, minSimilarity, () => {}, new AbortController().signal);
}

interface Looks {
  readonly imageData?: string;
  readonly width?: number;
  /** How far from the seed's vector: see nearbyEmbedding. */
  readonly spread?: number;
}

/** A file whose picture no other has, and that looks as a seed does. */
function lookingLike(
  seed: string,
  path: string,
  { imageData, width = 640, spread = 0 }: Looks = {},
): IndexedFile {
  const file = seededFile(path, path);
  const imageDataHash = imageData === undefined ? null : contentHashOf(imageData);
  const facts = { ...(file.described?.facts as PictureFacts), width, imageDataHash };
  const unit = nearbyEmbedding(seededRandom(1), seededEmbedding(seed), spread);
  return { ...file, described: { facts, descriptors: { [SEEDED_KEY]: { cls: { unit, norm: null } } } } };
}

/** Groups as relation, ids of pictures, and sets of names of one file. */
function groupsOf({ groups }: DuplicateReport) {
  return groups.map(({ relation, pictures, oneFile }) => [relation, pictures.map(({ id }) => id), oneFile]);
}

function pairsOf({ pairs }: DuplicateReport) {
  return pairs.map(({ a, b, relation }) => [a, b, relation]);
}

/** The same file by another path. */
function linked(file: IndexedFile, path: string): IndexedFile {
  return { ...file, described: null, stamp: { ...file.stamp, path } };
}

const NONE_UNKNOWN = { unreachable: 0, unfinished: 0, incomparable: 0 };

describe('findDuplicates', () => {
  it('finds nothing in an empty library', async () => {
    const library = await openVectorLibrary();
    for (const minSimilarity of [null, 0.5]) {
      assert.deepEqual(await report(library, minSimilarity), {
        question: WHOLE_LIBRARY,
        counts: NONE_ASKED,
        minSimilarity,
        copies: null,
        groups: [],
        pairs: [],
        bridges: [],
        ungrouped: [],
        oneFileOnly: [],
        unknownPixels: NONE_UNKNOWN,
        decidedGroups: 0,
        decidedPairs: 0,
        undescribedFiles: 0,
      });
    }
    await library.catalog.close();
  });

  it('has each picture once, also one in several files that is similar to some of a group and not to all', async () => {
    const library = await openVectorLibrary();
    const files = [0, 20, 40].map((degrees, n) => {
      const angle = (degrees * Math.PI) / 180;
      const values = new Array(SEEDED_DIMENSIONS).fill(0);
      const unit = toEmbedding([Math.cos(angle), Math.sin(angle), ...values.slice(2)]);
      const file = lookingLike('any', `/${n}.jpg`, { width: 100 + n });
      const facts = file.described?.facts as PictureFacts;
      return {
        ...file,
        described: { facts, descriptors: { [SEEDED_KEY]: { cls: { unit, norm: null } } } },
      };
    });
    await commit(
      library,
      ...files,
      ...files.map((file, n) => ({ ...file, described: null, stamp: seededStamp(`/${n} again.jpg`) })),
    );
    const found = await report(library, 0.9);
    assert.deepEqual(found.groups.map(({ relation }) => relation).sort(), ['identical', 'similar']);
    const named = [...found.groups.flatMap(({ pictures }) => pictures), ...found.ungrouped].map(
      ({ id }) => id,
    );
    assert.deepEqual(named.sort(), [1, 2, 3]);
    const looks = pathsInReport(found).map((path) => {
      const file = { identity: path, sizeBytes: 10, links: 1, isLink: false, isUpload: false };
      return [path, { kind: 'there' as const, ...file }] as const;
    });
    const { groups, pairs } = weighReport(found, new Map(looks));
    assert.deepEqual(
      pairs.filter(({ a, b }) => a === b),
      [],
    );
    assert.deepEqual(groups.map(({ relation }) => relation).sort(), ['identical', 'similar']);
    await library.catalog.close();
  });

  it('finds pictures in several files, of the same image data or pixels, and look-alikes', async () => {
    const library = await openVectorLibrary();
    await commit(
      library,
      seededFile('/a.jpg', 'one'),
      lookingLike('two', '/b=1.jpg'),
      lookingLike('two', '/b=2.png'),
      lookingLike('one', '/c.jpg', { width: 100 }),
      lookingLike('three', '/d.jpg', { imageData: 'd' }),
      lookingLike('three', '/e.jpg', { imageData: 'd' }),
      lookingLike('four', '/f.jpg'),
    );
    await commit(library, knownFileOf('/a copy.jpg', 'one'));
    const certain = await report(library, null);
    assert.deepEqual(groupsOf(certain), [
      ['identical', [1], []],
      ['same-pixels', [2, 3], []],
      ['same-image-data', [5, 6], []],
    ]);
    assert.deepEqual(certain.pairs, [
      { a: 2, b: 3, similarity: 1, relation: 'same-pixels', certainty: 1 },
      { a: 5, b: 6, similarity: 1, relation: 'same-image-data', certainty: 1 },
    ]);
    const alike = await report(library, 0.9999);
    assert.deepEqual(groupsOf(alike), [
      ['similar', [1, 4], []],
      ['same-pixels', [2, 3], []],
      ['same-image-data', [5, 6], []],
    ]);
    assert.deepEqual(pairsOf(alike), [
      [1, 4, 'similar'],
      [2, 3, 'same-pixels'],
      [5, 6, 'same-image-data'],
    ]);
    await library.catalog.close();
  });

  it('looks at the pixels of a picture once, and only where another of its size looks the same', async () => {
    const library = await openVectorLibrary();
    await commit(
      library,
      lookingLike('one', '/same=1.jpg'),
      lookingLike('one', '/same=2.jpg', { spread: 0.1 }),
      lookingLike('one', '/other.jpg'),
      lookingLike('one', '/small.jpg', { width: 100 }),
      lookingLike('one', '/far.jpg', { spread: 0.5 }),
      lookingLike('alone', '/alone.jpg'),
      lookingLike('data', '/data/1.jpg', { imageData: 'd' }),
      lookingLike('data', '/data/2.jpg', { imageData: 'd' }),
    );
    const [near = 0, far = 0] = [0.1, 0.5].map((spread) =>
      similarity(seededEmbedding('one'), nearbyEmbedding(seededRandom(1), seededEmbedding('one'), spread)),
    );
    assert.ok(near > 0.98 && near < 0.999 && far < 0.98, `${near}, ${far}`);

    const first = seededHasher();
    const found = groupsOf(await report(library, null, first));
    assert.deepEqual(first.asked.sort(), ['/other.jpg', '/same=1.jpg', '/same=2.jpg']);
    assert.deepEqual(found, [
      ['same-pixels', [1, 2], []],
      ['same-image-data', [7, 8], []],
    ]);
    const second = seededHasher();
    assert.deepEqual(groupsOf(await report(library, null, second)), found);
    assert.deepEqual(second.asked, []);

    await commit(library, lookingLike('one', '/same=3.jpg'), lookingLike('data', '/data/3.jpg'));
    const third = seededHasher();
    assert.deepEqual(groupsOf(await report(library, null, third)), [
      ['same-pixels', [1, 2, 9], []],
      ['same-image-data', [7, 8], []],
    ]);
    assert.deepEqual(
      third.asked.sort(),
      ['/data/1.jpg', '/data/3.jpg', '/same=3.jpg'],
      'one stands for its equals',
    );
    await library.catalog.close();
  });

  it('tells classes of equal pixels by what is kept, though the pictures look different by now', async () => {
    const library = await openVectorLibrary();
    await commit(library, lookingLike('one', '/a=1.jpg'), lookingLike('two', '/a=2.jpg'));
    const pixelHash = contentHashOf('/a');
    await library.catalog.pictures.keepPixels([1, 2].map((picture) => ({ picture, pixelHash })));
    assert.deepEqual(groupsOf(await report(library, null)), [['same-pixels', [1, 2], []]]);
    await library.catalog.close();
  });

  it('joins what has the same image data with what has the same pixels, and says the weaker of the group', async () => {
    const library = await openVectorLibrary();
    const files = ['/a=1.png', '/a=2.jpg', '/a=3.jpg', '/a=4.webp', '/a=5.webp'];
    const data = ['p', 'j', 'j', 'w', 'w'];
    await commit(library, ...files.map((path, i) => lookingLike('a', path, { imageData: data[i] ?? '' })));
    const hasher = seededHasher();
    const found = await report(library, 0.9, hasher);
    assert.deepEqual(groupsOf(found), [['same-pixels', [1, 2, 3, 4, 5], []]]);
    assert.deepEqual(
      pairsOf(found),
      [2, 3, 4, 5].map((b) => [1, b, 'same-pixels']),
    );
    assert.deepEqual(hasher.asked.sort(), ['/a=1.png', '/a=2.jpg', '/a=4.webp']);
    await library.catalog.close();
  });

  it('looks at another picture of the same image data when no file of the first is there', async () => {
    const library = await openVectorLibrary();
    await commit(
      library,
      lookingLike('a', '/away=1.jpg', { imageData: 'x' }),
      lookingLike('a', '/here=2.jpg', { imageData: 'x' }),
      lookingLike('a', '/here=3.png'),
    );
    const hasher = seededHasher((path) =>
      path.startsWith('/away') ? unknown('unreachable') : pixelsAt(path),
    );
    const found = await report(library, null, hasher);
    assert.deepEqual(groupsOf(found), [['same-pixels', [1, 2, 3], []]]);
    assert.deepEqual(found.unknownPixels, NONE_UNKNOWN);
    const again = seededHasher(() => unknown('unreachable'));
    assert.deepEqual(groupsOf(await report(library, null, again)), groupsOf(found));
    assert.deepEqual(again.asked, [], 'what is known of one is known of its equals');
    await library.catalog.close();
  });

  it('tells of whose pixels nobody knows, and why, and claims nothing of them', async () => {
    const library = await openVectorLibrary();
    const answers: Readonly<Record<string, PixelAnswer>> = {
      '/away/1': unknown('unreachable'),
      '/away/2': unknown('unreachable'),
      '/slow': unknown('unfinished'),
      '/drawing': unknown('incomparable'),
    };
    await commit(
      library,
      ...[...Object.keys(answers), '/known'].map((path) => lookingLike('a', path)),
      lookingLike('b', '/alone'),
    );
    const ask = (path: string) => answers[path] ?? pixelsAt(path);
    const certain = await report(library, null, seededHasher(ask));
    assert.deepEqual([certain.groups, certain.pairs], [[], []]);
    assert.deepEqual(certain.unknownPixels, { unreachable: 2, unfinished: 1, incomparable: 1 });
    const hasher = seededHasher(ask);
    const alike = await report(library, 0.9999, hasher);
    assert.deepEqual(groupsOf(alike), [['similar', [1, 2, 3, 4, 5], []]]);
    assert.deepEqual(alike.unknownPixels, certain.unknownPixels);
    assert.deepEqual(
      hasher.asked.sort(),
      ['/away/1', '/away/2', '/slow'],
      'what cannot be compared never can',
    );
    await library.catalog.close();
  });

  it('counts files that no vector can be compared of', async () => {
    const library = await openVectorLibrary();
    const bare = lookingLike('a', '/bare.jpg');
    await commit(library, lookingLike('a', '/a.jpg'), {
      ...bare,
      described: bare.described && { ...bare.described, descriptors: {} },
    });
    assert.equal((await report(library, null)).undescribedFiles, 1);
    await library.catalog.close();
  });

  it('lets one of equal pictures stand for all in what is similar', async () => {
    const library = await openVectorLibrary();
    await commit(
      library,
      lookingLike('a', '/small.jpg', { width: 100 }),
      ...[1, 2, 3].map((n) => lookingLike('a', `/a=${n}.jpg`)),
      ...[1, 2].map((n) => lookingLike('a', `/b/${n}.jpg`, { width: 200, imageData: 'b' })),
    );
    const found = await report(library, 0.9);
    assert.deepEqual(groupsOf(found), [['similar', [1, 2, 3, 4, 5, 6], []]]);
    assert.deepEqual(pairsOf(found), [
      [1, 2, 'similar'],
      [1, 5, 'similar'],
      [2, 3, 'same-pixels'],
      [2, 4, 'same-pixels'],
      [2, 5, 'similar'],
      [5, 6, 'same-image-data'],
    ]);
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
      const { pairs } = await report(library, 0.9, seededHasher(), create);
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

  it('refuses a report of more similar pairs than it is given leave for, and says what to do', async () => {
    const library = await openVectorLibrary();
    const near = { spread: 0.01 };
    const paths = Array.from({ length: 60 }, (_, n) => `/${n}.jpg`);
    await commit(
      library,
      ...paths.map((path, n) => lookingLike('same', path, { ...near, width: n + 1 })),
      ...paths.map((path) => lookingLike('same', `/equal${path}`, { imageData: 'd' })),
    );
    const parts = await partsOf(library);
    const find = (pairs: number, ofOnePicture: number) =>
      findDuplicates(
        { ...parts, limits: { pairs, ofOnePicture } },
        0.9,
        () => {},
        new AbortController().signal,
      );
    const most = (61 * 60) / 2;
    assert.equal((await find(most, 60)).pairs.length, most + 59, 'equals are no pairs of their own');
    const refusal = { code: 'INVALID_INPUT', message: /pairs at a similarity of 0.9.*higher minSimilarity/ };
    await assert.rejects(find(most - 1, 60), refusal);
    await assert.rejects(find(most, 12), refusal);
    await library.catalog.close();
  });

  it('does not take names of one file for duplicates, and counts what it leaves out', async () => {
    const library = await openVectorLibrary();
    const linkedTwice = seededFile('/links/a.jpg', 'linked');
    await commit(library, linkedTwice, seededFile('/copied.jpg', 'copied'));
    await commit(library, linked(linkedTwice, '/links/b.jpg'), knownFileOf('/copy.jpg', 'copied'));
    const { groups, oneFileOnly } = await report(library, null);
    assert.deepEqual(
      groups.map(({ pictures }) => pictures.map(({ files }) => files.map(({ path }) => path))),
      [[['/copied.jpg', '/copy.jpg']]],
    );
    assert.deepEqual(
      oneFileOnly.map(({ files }) => files.map(({ path }) => path)),
      [['/links/a.jpg', '/links/b.jpg']],
    );
    await library.catalog.close();
  });

  it('says which paths of a group are names of one file', async () => {
    const library = await openVectorLibrary();
    const first = lookingLike('same', '/a=1.jpg');
    const alone = seededFile('/x1.jpg', 'alone');
    await commit(library, first, lookingLike('same', '/a=2.jpg'), alone);
    await commit(
      library,
      linked(first, '/linked.jpg'),
      linked(alone, '/x2.jpg'),
      knownFileOf('/x3.jpg', 'alone'),
    );
    const found = await report(library, null);
    assert.deepEqual(groupsOf(found), [
      ['same-pixels', [1, 2], [['/a=1.jpg', '/linked.jpg']]],
      ['identical', [3], [['/x1.jpg', '/x2.jpg']]],
    ]);
    assert.deepEqual(found.oneFileOnly, []);
    await library.catalog.close();
  });

  it('leaves out pictures that have no files any more', async () => {
    const library = await openVectorLibrary();
    await commit(
      library,
      ...['/1.jpg', '/2.jpg', '/3.jpg'].map((path) => lookingLike('same', path, { imageData: 'd' })),
      lookingLike('same', '/4.jpg'),
    );
    await library.catalog.files.commit({ files: [], failures: [], removed: ['/1.jpg'] });
    const [group] = (await report(library, 0.9999)).groups;
    assert.deepEqual(
      group?.pictures.map(({ id }) => id),
      [2, 3, 4],
    );
    await removePictures(library.catalog, 2, 3);
    assert.deepEqual(groupsOf(await report(library, 0.9999)), []);
    await library.catalog.close();
  });

  it('asks the index for few neighbors where very many are equal, or look the same', async () => {
    const library = await openVectorLibrary();
    const count = 700;
    const numbers = Array.from({ length: count }, (_, n) => n);
    let told = 0;
    async function counted(minSimilarity: number | null, hasher: PixelHasher): Promise<DuplicateReport> {
      const parts = await partsOf(library, hasher, (dimensions) => createHnswIndex({ dimensions }));
      const index: VectorIndex = {
        ...parts.index,
        async nearest(query, k) {
          const neighbors = await parts.index.nearest(query, k);
          told += neighbors.length;
          return neighbors;
        },
      };
      told = 0;
      return findDuplicates({ ...parts, index }, minSimilarity, () => {}, new AbortController().signal);
    }

    await commit(
      library,
      ...numbers.map((n) => lookingLike('pixels', `/p=${n}.png`)),
      ...numbers.map((n) => lookingLike('data', `/d/${n}.jpg`, { imageData: 'd' })),
    );
    const hasher = seededHasher();
    for (const minSimilarity of [null, 0.9]) {
      const { groups, pairs } = await counted(minSimilarity, hasher);
      assert.deepEqual(
        groups.map(({ relation, pictures }) => [relation, pictures.length]),
        [
          ['same-pixels', count],
          ['same-image-data', count],
        ],
      );
      assert.equal(pairs.length, 2 * (count - 1));
      assert.ok(told < 50 * count, `${told} neighbors`);
    }
    assert.equal(hasher.asked.length, count, 'equal image data is not looked at');

    // More are near than it is worth to go through for one that may be equal: each is looked at.
    await commit(library, ...numbers.map((n) => lookingLike('sizes', `/s/${n}.jpg`, { width: n + 1 })));
    const { pairs } = await counted(null, hasher);
    assert.equal(pairs.length, 2 * (count - 1));
    assert.equal(hasher.asked.length, 2 * count);
    assert.ok(told < 1_000 * count, `${told} neighbors`);
    await library.catalog.close();
  });

  it('tells how far it is, and ends when nobody waits any more', async () => {
    const library = await openVectorLibrary();
    const { catalog } = library;
    await commit(library, ...Array.from({ length: 30 }, (_, n) => lookingLike('same', `/${n}.jpg`)));
    const upTo30 = Array.from({ length: 30 }, (_, n) => n + 1);
    const told: DuplicateProgress[] = [];
    const parts = await partsOf(library);
    await findDuplicates(parts, 0.5, (progress) => told.push(progress), new AbortController().signal);
    assert.deepEqual(told, [
      ...upTo30.map((done) => ({ step: 'comparing', done, total: null })),
      ...upTo30.map((done) => ({ step: 'looking', done, total: 30 })),
      ...upTo30.map((done) => ({ step: 'finding similar', done, total: null })),
    ]);
    for (const step of ['comparing', 'looking', 'finding similar']) {
      const stopped = new AbortController();
      const stop = (progress: DuplicateProgress) =>
        progress.step === step && progress.done === 5 && stopped.abort(new Error('nobody waits'));
      await assert.rejects(findDuplicates(parts, 0.5, stop, stopped.signal), { message: 'nobody waits' });
    }
    await catalog.close();
  });

  it('keeps what it has looked at when it is stopped', async () => {
    const library = await openVectorLibrary();
    await commit(library, ...Array.from({ length: 30 }, (_, n) => lookingLike('same', `/${n}.jpg`)));
    const stopped = new AbortController();
    const stop = ({ step, done }: DuplicateProgress) => step === 'looking' && done === 5 && stopped.abort();
    await assert.rejects(findDuplicates(await partsOf(library), null, stop, stopped.signal));
    const hasher = seededHasher();
    await report(library, null, hasher);
    assert.ok(hasher.asked.length <= 25, `${hasher.asked.length} looked at again`);
    await library.catalog.close();
  });

  describe('with a judge of copies', () => {
    const CHOICE = {
      leastScore: 3,
      leastHeldBack: null,
      called: 0,
      expectedWrong: 0,
      mostWrong: 2,
      certaintyOf: ({ score }: ScoredPair) => score / 10,
    };
    const { certaintyOf: _, ...choice } = CHOICE;

    /** Calls two pictures copies whose paths begin alike, and counts what it was asked. */
    function judgeOf(asked: string[], answer?: CopyAnswer): CopyJudge {
      const start = ({ files }: CatalogPicture) => (files[0]?.path ?? '').split('~')[0];
      return {
        parallelism: 2,
        async judge(a, b) {
          assert.ok(a.id < b.id);
          asked.push(`${a.id} ${b.id}`);
          return answer ?? { kind: start(a) === start(b) ? 'copy' : 'unrelated', scored: null };
        },
        knownScore: async () => null,
        choose: () => CHOICE,
      };
    }

    async function judged(library: VectorLibrary, judge: CopyJudge, least: number): Promise<DuplicateReport> {
      const parts = { ...(await partsOf(library)), judge };
      return findDuplicates(parts, least, () => {}, new AbortController().signal);
    }

    it('asks about each pair once, on until nothing is found, and groups copies alone', async () => {
      const library = await openVectorLibrary();
      const copies = Array.from({ length: 12 }, (_, i) =>
        lookingLike('a', `/p/a~${i}.jpg`, { spread: 0.001 * (i + 1) }),
      );
      // As near as the copies, and none of them: more than are looked at in vain.
      const others = Array.from({ length: 30 }, (_, i) =>
        lookingLike('a', `/p/other-${i}.jpg`, { spread: 0.3 + 0.001 * i }),
      );
      await commit(library, ...copies, ...others);
      const asked: string[] = [];
      const found = await judged(library, judgeOf(asked), 0.2);
      assert.deepEqual(groupsOf(found), [['copy', Array.from({ length: 12 }, (_, i) => i + 1), []]]);
      assert.equal(found.pairs.length, (12 * 11) / 2);
      assert.equal(new Set(asked).size, asked.length, 'no pair twice');
      assert.ok(asked.length < 66 + 42 * 8, `${asked.length} of ${(42 * 41) / 2} pairs`);
      assert.deepEqual(found.copies, { lookedAt: asked.length, plain: 0, unknown: 0, choice });
    });

    it('makes no group of what may be a copy or cannot be looked at', async () => {
      const library = await openVectorLibrary();
      await commit(
        library,
        ...[1, 2, 3].map((i) => lookingLike('a', `/p/a~${i}.jpg`, { spread: 0.001 * i })),
      );
      for (const kind of ['unsure', 'burst'] as const) {
        const found = await judged(library, judgeOf([], { kind, scored: null }), 0.5);
        assert.deepEqual(found.groups, []);
        assert.deepEqual(pairsOf(found), [
          [1, 2, kind],
          [1, 3, kind],
          [2, 3, kind],
        ]);
        assert.equal(found.ungrouped.length, 3);
      }
      const found = await judged(library, judgeOf([], { kind: 'unknown' }), 0.5);
      assert.deepEqual([found.pairs, found.copies], [[], { lookedAt: 0, plain: 0, unknown: 3, choice }]);
    });

    it('draws the line where all scores say, but not where something else has decided', async () => {
      const library = await openVectorLibrary();
      await commit(
        library,
        ...[1, 2, 3, 4].map((i) => lookingLike('a', `/p/a~${i}.jpg`, { spread: 0.001 * i })),
      );
      const answers: Record<string, CopyAnswer> = {
        '1 2': { kind: 'unsure', scored: { score: 2.5, isHeldBack: false } },
        '1 3': { kind: 'copy', scored: { score: 3.5, isHeldBack: false } },
        '2 3': { kind: 'unsure', scored: null },
        '1 4': { kind: 'unsure', scored: { score: 4, isHeldBack: true } },
      };
      const chosenFrom: number[][] = [];
      const told = async (leastScore: number, leastHeldBack: number | null = null) => {
        const judge: CopyJudge = {
          parallelism: 1,
          judge: async (a, b) => answers[`${a.id} ${b.id}`] ?? { kind: 'unrelated', scored: null },
          knownScore: async () => null,
          choose(pairs) {
            chosenFrom.push(pairs.map(({ score }) => score).sort());
            return { ...CHOICE, leastScore, leastHeldBack };
          },
        };
        const { pairs } = await judged(library, judge, 0.5);
        return pairs.map(({ relation, certainty }) => [relation, certainty]);
      };
      const [held, last] = [
        ['unsure', 0.4],
        ['unsure', null],
      ];
      assert.deepEqual(await told(3), [['unsure', 0.25], ['copy', 0.35], held, last]);
      assert.deepEqual(await told(2), [['copy', 0.25], ['copy', 0.35], held, last]);
      assert.deepEqual(await told(4), [['unsure', 0.25], ['unsure', 0.35], held, last]);
      assert.deepEqual(await told(4, 3.9), [['unsure', 0.25], ['unsure', 0.35], ['copy', 0.4], last]);
      assert.deepEqual(chosenFrom[0], [2.5, 3.5, 4]);
    });

    it('makes nothing of plain pictures but their number, however many there are', async () => {
      const library = await openVectorLibrary();
      await commit(
        library,
        ...Array.from({ length: 40 }, (_, i) => lookingLike('a', `/p/${i}.jpg`, { spread: 0.0001 * i })),
      );
      const asked: string[] = [];
      const found = await judged(library, judgeOf(asked, { kind: 'plain', scored: null }), 0.5);
      assert.deepEqual([found.groups, found.pairs], [[], []]);
      assert.equal(found.copies?.plain, 40);
      assert.ok(asked.length <= 40 * 5, `${asked.length}`);
    });

    it('looks at no pair that is less similar, and at one of each class of equal pictures', async () => {
      const library = await openVectorLibrary();
      await commit(
        library,
        ...['/p/a~1=x.jpg', '/p/a~1=y.jpg'].map((path) => lookingLike('a', path)),
        lookingLike('a', '/p/a~2.jpg', { spread: 0.01 }),
        lookingLike('far', '/p/a~3.jpg'),
      );
      const asked: string[] = [];
      const found = await judged(library, judgeOf(asked), 0.9);
      assert.deepEqual(asked, ['1 3']);
      assert.deepEqual(groupsOf(found), [['copy', [1, 2, 3], []]]);
      assert.deepEqual(pairsOf(found), [
        [1, 2, 'same-pixels'],
        [1, 3, 'copy'],
      ]);
    });

    it('passes on what stops it', async () => {
      const library = await openVectorLibrary();
      await commit(
        library,
        ...[1, 2, 3].map((i) => lookingLike('a', `/p/a~${i}.jpg`, { spread: 0.001 * i })),
      );
      const parts = await partsOf(library);
      // The catalog gives one after the other, and takes its time.
      const slow: DescriptorStore = {
        ...parts.descriptors,
        async *changes(source, after) {
          for await (const { upserted, ...change } of parts.descriptors.changes(source, after)) {
            for (const entry of upserted) {
              yield { ...change, upserted: [entry] };
              await setTimeout(5);
            }
          }
        },
      };
      for (const parallelism of [1, 2, 3]) {
        const judge = async () => Promise.reject(new Error('disk'));
        const broken: CopyJudge = { parallelism, judge, knownScore: async () => null, choose: () => CHOICE };
        const { signal } = new AbortController();
        const found = findDuplicates({ ...parts, descriptors: slow, judge: broken }, 0.5, () => {}, signal);
        await assert.rejects(found, /disk/, `${parallelism} at once`);
      }
    });
  });
});
