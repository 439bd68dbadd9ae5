import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Embedding } from '../../src/domain/embedding.ts';
import type { VectorIndex } from '../../src/domain/vector-index.ts';
import { createExactIndex } from '../../src/vector-index/exact-index.ts';
import { createHnswIndex } from '../../src/vector-index/hnsw-index.ts';
import { testVectorIndexContract } from '../contract/vector-index.contract.ts';
import { clusteredEmbeddings, nearbyEmbedding, randomEmbedding } from '../support/clustered-embeddings.ts';
import { seededRandom } from '../support/seeded-random.ts';

testVectorIndexContract('HNSW index', async (dimensions) => createHnswIndex({ dimensions }));

const toEntries = (embeddings: readonly Embedding[]) =>
  embeddings.map((embedding, i) => ({ id: i + 1, embedding }));

async function measureRecall(
  index: VectorIndex,
  embeddings: readonly Embedding[],
  queries: Embedding[],
  k: number,
) {
  const exact = createExactIndex(index.dimensions);
  await exact.upsert(toEntries(embeddings));
  let found = 0;
  for (const query of queries) {
    const expected = new Set((await exact.nearest(query, k)).map((hit) => hit.id));
    for (const { id } of await index.nearest(query, k)) found += expected.has(id) ? 1 : 0;
  }
  return found / (queries.length * k);
}

test('recall against exact search keeps its floor, for few neighbors and many', async () => {
  const embeddings = clusteredEmbeddings(1, 5000, 64);
  const index = createHnswIndex({ dimensions: 64 });
  await index.upsert(toEntries(embeddings));
  const random = seededRandom(2);
  const queries = embeddings.slice(0, 100).map((embedding) => nearbyEmbedding(random, embedding, 0.3));
  for (const [k, floor] of [
    [10, 0.99],
    [300, 0.97],
  ] as const) {
    const recall = await measureRecall(index, embeddings, queries, k);
    assert.ok(recall >= floor, `recall@${k} is ${recall}, expected ${floor} (seeds 1 and 2)`);
  }
});

test('a thousand barely different embeddings do not hide each other or the rest', async () => {
  const random = seededRandom(3);
  const center = randomEmbedding(random, 64);
  for (const spread of [1e-5, 1e-3, 1e-2]) {
    const tight = Array.from({ length: 1000 }, () => nearbyEmbedding(random, center, spread));
    const rest = Array.from({ length: 1000 }, () => randomEmbedding(random, 64));
    const index = createHnswIndex({ dimensions: 64 });
    await index.upsert(toEntries([...tight, ...rest]));
    let missed = 0;
    for (const { id, embedding } of toEntries([...tight, ...rest])) {
      const hits = await index.nearest(embedding, 20);
      missed += hits.some((hit) => hit.id === id) ? 0 : 1;
    }
    assert.equal((await index.nearest(center, 2000)).length, 2000, 'all, even what no link leads to');
    assert.ok(missed <= 20, `${missed} of 2000 did not find themselves at spread ${spread} (seed 3)`);
  }
});

test('counts the vectors that removal and replacement leave behind', async () => {
  const [first, second, third] = clusteredEmbeddings(4, 3, 8) as [Embedding, Embedding, Embedding];
  const index = createHnswIndex({ dimensions: 8 });
  await index.upsert(toEntries([first, second, second]));
  assert.deepEqual([index.pointCount(), index.removedCount()], [2, 0], 'equal embeddings share a point');
  await index.remove([3]);
  assert.equal(index.removedCount(), 0, 'the point has another part');
  await index.upsert([{ id: 1, embedding: third }]);
  assert.deepEqual([index.pointCount(), index.removedCount()], [3, 1]);
  await index.upsert([{ id: 9, embedding: first }]);
  assert.deepEqual([index.pointCount(), index.removedCount()], [3, 0], 'an empty point is used again');
});

test('removing and adding the same parts again and again neither grows the graph nor loses recall', async () => {
  const embeddings = clusteredEmbeddings(5, 1000, 32);
  const index = createHnswIndex({ dimensions: 32 });
  for (let round = 0; round < 4; round++) {
    await index.upsert(toEntries(embeddings));
    await index.remove(toEntries(embeddings).map(({ id }) => id));
  }
  await index.upsert(toEntries(embeddings));
  assert.ok(index.pointCount() < 1005, `${index.pointCount()} points for 1000 parts`);
  const recall = await measureRecall(index, embeddings, embeddings.slice(0, 100), 10);
  assert.ok(recall >= 0.99, `recall@10 is ${recall} (seed 5)`);
});

test('the same embeddings in the same order make the same index', async () => {
  const embeddings = clusteredEmbeddings(6, 1500, 16);
  const answers = [];
  for (let run = 0; run < 2; run++) {
    const index = createHnswIndex({ dimensions: 16, efSearch: 10 });
    await index.upsert(toEntries(embeddings));
    answers.push(await Promise.all(embeddings.slice(0, 50).map((query) => index.nearest(query, 20))));
  }
  assert.deepEqual(answers[0], answers[1]);
});

test('a long upsert lets the event loop turn', async () => {
  const index = createHnswIndex({ dimensions: 128 });
  const entries = toEntries(clusteredEmbeddings(7, 2000, 128));
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const started = performance.now();
  await index.upsert(entries);
  const elapsedMs = performance.now() - started;
  clearInterval(timer);
  assert.ok(turns >= elapsedMs / 100, `${turns} turns in ${Math.round(elapsedMs)} ms`);
});

test('a failed change does not stop the ones after it', async () => {
  const index = createHnswIndex({ dimensions: 8 });
  const missingFolder = { graph: '/nonexistent/a', parts: '/nonexistent/b' };
  const failed = assert.rejects(index.write(missingFolder));
  const added = index.upsert(toEntries(clusteredEmbeddings(8, 5, 8)));
  await Promise.all([failed, added]);
  assert.equal(await index.size(), 5);
});
