import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sampledRecall } from '../../src/api/sampled-recall.ts';
import { recallOfQuery } from '../../src/doctor/recall-of-query.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openSqliteCatalog } from '../../src/storage/sqlite-catalog.ts';
import { createExactIndex } from '../../src/vector-index/exact-index.ts';
import { SEEDED_DIMENSIONS, SEEDED_MODEL, seededEmbedding, seededFile } from '../support/seeded-picture.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

const QUERY = seededEmbedding('query');

describe('recall, sampled from queries', () => {
  it('is the share of the exact neighbors that an index finds', async () => {
    const catalog = openSqliteCatalog(join(temporaryFolder(), 'catalog.sqlite'));
    await catalog.addModel('m', SEEDED_MODEL);
    const files = Array.from({ length: 40 }, (_, n) => seededFile(`/${n}.jpg`, `picture ${n}`));
    const { described } = await catalog.commit({ modelKey: 'm', files, failures: [], removed: [] });
    const truth = await catalog.nearestExactly(QUERY, 10, 'm');
    const lost = new Set(truth.slice(2, 5).map(({ id }) => id));
    const index = createExactIndex(SEEDED_DIMENSIONS);
    await index.upsert(
      described
        .filter(({ id }) => !lost.has(id))
        .map(({ id, descriptor }) => ({ id, embedding: descriptor.cls })),
    );
    assert.equal(await recallOfQuery({ catalog, index, modelKey: 'm' }, QUERY, 10), 0.7);
    await catalog.close();
  });

  it('takes the first query, passes over those soon after, and counts', async () => {
    let asked = 0;
    const engine = { recallOf: async () => [0.7, 0.2][asked++] ?? null } as unknown as Engine;
    const recall = sampledRecall(engine, () => {});
    assert.deepEqual([recall.value, recall.samples], [null, 0]);
    for (let n = 0; n < 20; n++) {
      recall.offer(QUERY);
    }
    await until('a query was compared', () => recall.samples > 0);
    assert.deepEqual([recall.value, recall.samples, asked], [0.7, 1, 1]);
  });

  it('tells what kept it from comparing, and counts nothing then', async () => {
    const failures: unknown[] = [];
    const engine = { recallOf: () => Promise.reject(new Error('no disk')) } as unknown as Engine;
    const recall = sampledRecall(engine, (error) => failures.push(String(error)));
    recall.offer(QUERY);
    await until('it has failed', () => failures.length > 0);
    assert.deepEqual([recall.value, recall.samples, failures], [null, 0, ['Error: no disk']]);
  });
});
