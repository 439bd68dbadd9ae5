import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Catalog, IndexedFile } from '../../src/domain/catalog.ts';
import { type Embedding, similarity } from '../../src/domain/embedding.ts';
import type { PictureFilter } from '../../src/domain/filter.ts';
import type { VectorIndex } from '../../src/domain/vector-index.ts';
import { searchSimilar } from '../../src/search/search-similar.ts';
import { openSqliteCatalog } from '../../src/storage/sqlite-catalog.ts';
import { createHnswIndex } from '../../src/vector-index/hnsw-index.ts';
import { nearbyEmbedding, randomEmbedding } from '../support/clustered-embeddings.ts';
import { SEEDED_DIMENSIONS, SEEDED_MODEL, seededFile } from '../support/seeded-picture.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MODEL = 'm';
const NEAR = 5_000;
const FAR = 3_000;

describe('search by similarity, with and without filters', () => {
  const random = seededRandom(11);
  const query = randomEmbedding(random, SEEDED_DIMENSIONS);
  const opposite = query.map((value) => -value) as Embedding;
  const asked: number[] = [];
  const vectors: Embedding[] = [];
  let catalog: Catalog;
  let index: VectorIndex;

  // Around the query lie pictures of one folder; those of the other folder lie opposite, so a filter that wants
  // these finds none of them among any small number of neighbors.
  before(async () => {
    catalog = openSqliteCatalog(join(temporaryFolder(), 'catalog.sqlite'));
    await catalog.addModel(MODEL, SEEDED_MODEL);
    const files = Array.from({ length: NEAR + FAR }, (_, n): IndexedFile => {
      const cls = nearbyEmbedding(random, n < NEAR ? query : opposite, 0.8);
      vectors.push(cls);
      const file = seededFile(`/${n < NEAR ? 'near' : 'far'}/${n}.jpg`, `picture ${n}`);
      const described = file.described;
      return { ...file, described: described && { ...described, descriptor: { cls, gem: cls } } };
    });
    await catalog.commit({ modelKey: MODEL, files, failures: [], removed: [] });
    const graph = createHnswIndex({ dimensions: SEEDED_DIMENSIONS });
    await graph.upsert(vectors.map((embedding, n) => ({ id: n + 1, embedding })));
    index = {
      ...graph,
      nearest: (vector, k) => {
        asked.push(k);
        return graph.nearest(vector, k);
      },
    };
  });
  after(() => catalog.close());

  async function idsOf(filter: PictureFilter, limit: number, minSimilarity = -1): Promise<number[]> {
    asked.length = 0;
    const options = { limit, minSimilarity, filter };
    const hits = await searchSimilar({ catalog, index, modelKey: MODEL }, query, options);
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
    assert.deepEqual(await idsOf({ pathGlob: '/far/*7.jpg' }, 10), truth(isWanted, 10));
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

  it('ends when nobody waits any more', async () => {
    const signal = AbortSignal.abort(new Error('the client has gone'));
    const options = { limit: 10, minSimilarity: -1, filter: { pathPrefix: '/far' }, signal };
    await assert.rejects(searchSimilar({ catalog, index, modelKey: MODEL }, query, options), {
      message: 'the client has gone',
    });
  });
});
