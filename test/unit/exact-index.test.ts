import assert from 'node:assert/strict';
import { test } from 'node:test';
import { similarity } from '../../src/domain/embedding.ts';
import type { Neighbor } from '../../src/domain/vector-index.ts';
import { createExactIndex } from '../../src/vector-index/exact-index.ts';
import { testVectorIndexContract } from '../contract/vector-index.contract.ts';
import { clusteredEmbeddings } from '../support/clustered-embeddings.ts';

testVectorIndexContract('exact index', async (dimensions) => createExactIndex(dimensions));

test('the exact index answers as sorting all similarities does', async () => {
  const embeddings = clusteredEmbeddings(7, 400, 16);
  const index = createExactIndex(16);
  await index.upsert(embeddings.map((embedding, id) => ({ id, embedding })));
  for (const query of embeddings.slice(0, 20)) {
    const sorted: Neighbor[] = embeddings
      .map((embedding, id) => ({ id, similarity: Math.min(1, similarity(query, embedding)) }))
      .sort((a, b) => b.similarity - a.similarity || a.id - b.id);
    assert.deepEqual(await index.nearest(query, 37), sorted.slice(0, 37));
    assert.deepEqual(await index.nearest(query, 400), sorted);
  }
});
