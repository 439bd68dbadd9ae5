import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Embedding, similarity } from '../../src/domain/embedding.ts';
import type { IndexedFile } from '../../src/domain/file-ledger.ts';
import type { PictureFilter } from '../../src/domain/filter.ts';
import { sourceOf } from '../../src/domain/space.ts';
import { type SearchParts, searchSimilar } from '../../src/search/search-similar.ts';
import { createExactIndex } from '../../src/vector-index/exact-index.ts';
import { createHnswIndex } from '../../src/vector-index/hnsw-index.ts';
import { addRegion } from '../support/add-region.ts';
import { nearbyEmbedding, randomEmbedding } from '../support/clustered-embeddings.ts';
import { SEEDED_DIMENSIONS, SEEDED_KEY, seededEmbedding, seededFile } from '../support/seeded-picture.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { addPictures, openVectorLibrary, type VectorLibrary } from '../support/vector-library.ts';

const NEAR = 5_000;
const FAR = 3_000;

describe('search by similarity, with and without filters', () => {
  const random = seededRandom(11);
  const query = randomEmbedding(random, SEEDED_DIMENSIONS);
  const opposite = query.map((value) => -value) as Embedding;
  const asked: number[] = [];
  const vectors: Embedding[] = [];
  const folder = temporaryFolder();
  let library: VectorLibrary;
  let parts: SearchParts;

  // Around the query lie pictures of one folder; those of the other folder lie opposite, so a filter that wants
  // these finds none of them among any small number of neighbors.
  before(async () => {
    library = await openVectorLibrary(folder);
    const { catalog, space } = library;
    const files = Array.from({ length: NEAR + FAR }, (_, n): IndexedFile => {
      const unit = nearbyEmbedding(random, n < NEAR ? query : opposite, 0.8);
      vectors.push(unit);
      const file = seededFile(`/${n < NEAR ? 'near' : 'far'}/${n}.jpg`, `picture ${n}`);
      const vector = { unit, norm: null };
      const descriptors = { [SEEDED_KEY]: { cls: vector, gem: vector } };
      return { ...file, described: file.described && { ...file.described, descriptors } };
    });
    await catalog.files.commit({ files, failures: [], removed: [] });
    const graph = createHnswIndex({ dimensions: SEEDED_DIMENSIONS });
    await graph.upsert(vectors.map((embedding, n) => ({ id: n + 1, embedding })));
    const index = {
      ...graph,
      nearest: (vector: Embedding, k: number) => {
        asked.push(k);
        return graph.nearest(vector, k);
      },
    };
    parts = { pictures: catalog.pictures, descriptors: catalog.descriptors, index, space };
  });
  after(() => library.catalog.close());

  async function idsOf(filter: PictureFilter, limit: number, minSimilarity = -1): Promise<number[]> {
    asked.length = 0;
    const options = { limit, minSimilarity, filter };
    const hits = await searchSimilar(parts, query, options);
    return hits.map(({ picture }) => picture.id);
  }

  /** By comparing all of them here. */
  function truth(isWanted: (n: number) => boolean, limit: number, minSimilarity = -1): number[] {
    return vectors
      .map((vector, n) => ({ id: n + 1, n, near: similarity(vector, query) }))
      .filter(({ n, near }) => isWanted(n) && near >= minSimilarity)
      .sort((a, b) => b.near - a.near || a.id - b.id)
      .slice(0, limit)
      .map(({ id }) => id);
  }

  it('asks the index alone when there is no filter', async () => {
    assert.deepEqual(
      await idsOf({}, 10),
      truth(() => true, 10),
    );
    assert.deepEqual(asked, [10]);
  });

  it('compares all that pass when they are few', async () => {
    const isWanted = (n: number) => n >= NEAR && String(n).endsWith('7');
    assert.deepEqual(await idsOf({ pathPrefix: '/far', pathContains: '7.jpg' }, 10), truth(isWanted, 10));
    assert.deepEqual(asked, []);
  });

  it('asks the index when many pass that lie near', async () => {
    assert.deepEqual(
      await idsOf({ pathPrefix: '/near' }, 10),
      truth((n) => n < NEAR, 10),
    );
    assert.deepEqual(asked, [10]);
  });

  it('finds the nearest of many that pass and all lie far, without asking for the whole index', async () => {
    assert.deepEqual(
      await idsOf({ pathPrefix: '/far' }, 10),
      truth((n) => n >= NEAR, 10),
    );
    assert.ok(Math.max(...asked) <= 2_000, `asked for ${asked} neighbors`);
  });

  it('keeps to the least similarity however it searches', async () => {
    assert.deepEqual(
      await idsOf({}, 9_000, 0.9),
      truth(() => true, 9_000, 0.9),
    );
    assert.deepEqual(await idsOf({ pathPrefix: '/far' }, 10, 0.999), []);
    assert.deepEqual(asked, [10]);
  });

  it('cuts pages from one ranking, so that none repeats what another told', async () => {
    for (const [depth, filter, isWanted] of [
      [2_001, {}, () => true],
      [2_001, { pathPrefix: '/near' }, (n: number) => n < NEAR],
    ] as const) {
      const all = truth(isWanted, 2_000);
      for (const [offset, limit] of [
        [0, 10],
        [10, 10],
        [200, 300],
        [1_500, 500],
      ] as const) {
        asked.length = 0;
        const hits = await searchSimilar(parts, query, { limit, offset, minSimilarity: -1, filter });
        assert.deepEqual(
          hits.map(({ picture }) => picture.id),
          all.slice(offset, offset + limit),
        );
        assert.deepEqual(asked, [offset + limit <= 51 ? offset + limit : depth]);
      }
    }
    asked.length = 0;
    const deep = await searchSimilar(parts, query, {
      limit: 5,
      offset: 7_000,
      minSimilarity: -1,
      filter: {},
    });
    assert.deepEqual(
      deep.map(({ picture }) => picture.id),
      truth(() => true, 7_005).slice(7_000),
    );
    assert.deepEqual(asked, [10_501]);
    const compared = {
      limit: 5,
      offset: 20,
      minSimilarity: -1,
      filter: { pathPrefix: '/far', pathContains: '7.jpg' },
    };
    const isFew = (n: number) => n >= NEAR && String(n).endsWith('7');
    assert.deepEqual(
      (await searchSimilar(parts, query, compared)).map(({ picture }) => picture.id),
      truth(isFew, 25).slice(20),
    );
  });

  it('leaves pictures out without their taking places, however it searches', async () => {
    for (const [filter, isWanted] of [
      [{}, () => true],
      [{ pathPrefix: '/far', pathContains: '7.jpg' }, (n: number) => n >= NEAR && String(n).endsWith('7')],
    ] as const) {
      const [first = 0, second = 0, ...others] = truth(isWanted, 32);
      for (const offset of [0, 10]) {
        const options = { limit: 20, offset, minSimilarity: -1, filter, without: [first, second] };
        assert.deepEqual(
          (await searchSimilar(parts, query, options)).map(({ picture }) => picture.id),
          others.slice(offset, offset + 20),
        );
      }
    }
  });

  it('ends when nobody waits any more', async () => {
    const signal = AbortSignal.abort(new Error('the client has gone'));
    const options = { limit: 10, minSimilarity: -1, filter: { pathPrefix: '/far' }, signal };
    await assert.rejects(searchSimilar(parts, query, options), {
      message: 'the client has gone',
    });
  });
});

describe('search among pictures of several parts', () => {
  const query = seededEmbedding('query');
  const folder = temporaryFolder();
  let library: VectorLibrary;
  let parts: SearchParts;

  // Twenty pictures; every third has two regions that came after all wholes, one of them nearer than its whole. So
  // parts are in another order than their pictures, and their ids are others.
  before(async () => {
    library = await openVectorLibrary(folder);
    const { catalog, space } = library;
    const regions = [];
    await addPictures(catalog, 0, 20);
    for (let picture = 1; picture <= 20; picture += 3) {
      for (const seed of [`region ${picture}`, `other region ${picture}`]) {
        const vector = { unit: seededEmbedding(seed), norm: null };
        regions.push({ part: addRegion(folder, picture), ...vector });
      }
    }
    await catalog.descriptors.put(sourceOf(space), regions);
    await addPictures(catalog, 20, 20);
    const index = createExactIndex(SEEDED_DIMENSIONS);
    for await (const { upserted } of catalog.descriptors.changes(sourceOf(space), null)) {
      await index.upsert(upserted);
    }
    parts = { pictures: catalog.pictures, descriptors: catalog.descriptors, index, space };
  });
  after(() => library.catalog.close());

  /** Every picture once, with its most similar part. */
  async function truth(): Promise<Array<[id: number, similarity: number]>> {
    const ids = Array.from({ length: 40 }, (_, i) => i + 1);
    const vectors = await parts.descriptors.vectorsOfPictures(sourceOf(parts.space), ids);
    return ids
      .map((id): [number, number] => [
        id,
        Math.max(
          ...vectors.filter(({ picture }) => picture === id).map((v) => similarity(query, v.embedding)),
        ),
      ])
      .sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  }

  for (const [how, filter] of [
    ['by the index', {}],
    ['by comparing all that pass', { formats: ['jpeg'] }],
  ] as const) {
    it(`answers with each picture once, as similar as its most similar part, ${how}`, async () => {
      const expected = await truth();
      for (const limit of [1, 7, 25, 40, 100]) {
        const hits = await searchSimilar(parts, query, { limit, minSimilarity: -1, filter });
        assert.deepEqual(
          hits.map(({ picture }) => picture.id),
          expected.slice(0, limit).map(([id]) => id),
        );
        for (const [i, { similarity: found }] of hits.entries()) {
          assert.ok(Math.abs(found - (expected[i]?.[1] ?? 9)) < 1e-6);
        }
      }
    });

    it(`orders ties by picture, whatever the order of their parts, ${how}`, async () => {
      const { catalog, space } = library;
      const unit = seededEmbedding('tie');
      // The regions come in descending order of their pictures.
      for (const picture of [33, 21, 8]) {
        await catalog.descriptors.put(sourceOf(space), [
          { part: addRegion(folder, picture), unit, norm: null },
        ]);
      }
      const index = createExactIndex(SEEDED_DIMENSIONS);
      for await (const { upserted } of catalog.descriptors.changes(sourceOf(space), null)) {
        await index.upsert(upserted);
      }
      const options = { limit: 20, minSimilarity: 0.9999, filter };
      const hits = await searchSimilar({ ...parts, index }, unit, options);
      assert.deepEqual(
        hits.map(({ picture }) => picture.id),
        [8, 21, 33],
      );
    });
  }
});
