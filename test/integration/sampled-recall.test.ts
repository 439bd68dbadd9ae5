import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sampledRecall } from '../../src/api/sampled-recall.ts';
import { recallOfQuery } from '../../src/doctor/recall-of-query.ts';
import { sourceOf } from '../../src/domain/space.ts';
import type { LibrarySpace } from '../../src/engine/library-spaces.ts';
import { createExactIndex } from '../../src/vector-index/exact-index.ts';
import { SEEDED_DIMENSIONS, seededEmbedding } from '../support/seeded-picture.ts';
import { until } from '../support/until.ts';
import { addPictures, openVectorLibrary } from '../support/vector-library.ts';

const QUERY = seededEmbedding('query');

const [SIMILAR_SPACE, COPY_SPACE] = ['similar', 'copy'].map((id) => ({ space: { id } })) as [
  LibrarySpace,
  LibrarySpace,
];

const NONE = { value: null, samples: 0 };

describe('recall, sampled from queries', () => {
  it('is the share of the exact neighbors that an index finds', async () => {
    const { catalog, space } = await openVectorLibrary();
    await addPictures(catalog, 0, 40);
    const { descriptors } = catalog;
    const truth = await descriptors.nearestExactly(sourceOf(space), QUERY, 10);
    const index = createExactIndex(SEEDED_DIMENSIONS);
    for await (const { upserted } of descriptors.changes(sourceOf(space), null)) {
      await index.upsert(upserted);
    }
    await index.remove(truth.slice(2, 5).map(({ id }) => id));
    assert.equal(await recallOfQuery({ descriptors, index, space }, QUERY, 10), 0.7);
    await catalog.close();
  });

  it('takes the first query, passes over those soon after, and counts', async () => {
    let asked = 0;
    const recall = sampledRecall(
      async () => [0.7, 0.2][asked++] ?? null,
      () => {},
    );
    assert.deepEqual(recall.of('similar'), NONE);
    for (let n = 0; n < 20; n++) {
      recall.offer(SIMILAR_SPACE, QUERY);
    }
    await until('a query was compared', () => recall.of('similar').samples > 0);
    assert.deepEqual([recall.of('similar'), asked], [{ value: 0.7, samples: 1 }, 1]);
  });

  it('is asked of the space that was searched, and counted as its own', async () => {
    const asked: LibrarySpace[] = [];
    const recall = sampledRecall(
      async (searched) => {
        asked.push(searched);
        return 0.4;
      },
      () => {},
    );
    recall.offer(COPY_SPACE, QUERY);
    await until('a query was compared', () => recall.of('copy').samples > 0);
    assert.deepEqual(asked, [COPY_SPACE]);
    assert.deepEqual([recall.of('copy'), recall.of('similar')], [{ value: 0.4, samples: 1 }, NONE]);
  });

  it('tells what kept it from comparing, and counts nothing then', async () => {
    const failures: unknown[] = [];
    const recall = sampledRecall(
      () => Promise.reject(new Error('no disk')),
      (error) => failures.push(String(error)),
    );
    recall.offer(SIMILAR_SPACE, QUERY);
    await until('it has failed', () => failures.length > 0);
    assert.deepEqual([recall.of('similar'), failures], [NONE, ['Error: no disk']]);
  });
});
