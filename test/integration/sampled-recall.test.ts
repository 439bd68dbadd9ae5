import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sampledRecall } from '../../src/api/sampled-recall.ts';
import { recallOfQuery } from '../../src/doctor/recall-of-query.ts';
import { sourceOf } from '../../src/domain/space.ts';
import { createExactIndex } from '../../src/vector-index/exact-index.ts';
import { SEEDED_DIMENSIONS, seededEmbedding } from '../support/seeded-picture.ts';
import { until } from '../support/until.ts';
import { addPictures, openVectorLibrary } from '../support/vector-library.ts';

const QUERY = seededEmbedding('query');

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
    assert.deepEqual([recall.value, recall.samples], [null, 0]);
    for (let n = 0; n < 20; n++) {
      recall.offer(QUERY);
    }
    await until('a query was compared', () => recall.samples > 0);
    assert.deepEqual([recall.value, recall.samples, asked], [0.7, 1, 1]);
  });

  it('tells what kept it from comparing, and counts nothing then', async () => {
    const failures: unknown[] = [];
    const recall = sampledRecall(
      () => Promise.reject(new Error('no disk')),
      (error) => failures.push(String(error)),
    );
    recall.offer(QUERY);
    await until('it has failed', () => failures.length > 0);
    assert.deepEqual([recall.value, recall.samples, failures], [null, 0, ['Error: no disk']]);
  });
});
