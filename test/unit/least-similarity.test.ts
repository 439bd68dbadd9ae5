import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { similarity, toEmbedding } from '../../src/domain/embedding.ts';
import { isAtLeast, isMinSimilarity, shownSimilarity } from '../../src/domain/least-similarity.ts';
import { createHnswIndex } from '../../src/vector-index/hnsw-index.ts';
import { randomEmbedding } from '../support/clustered-embeddings.ts';
import { seededRandom } from '../support/seeded-random.ts';

describe('the least similarity that is asked for', () => {
  it('is itself enough, and what lies clearly below it is not', () => {
    for (const least of [-1, -0.5, 0, 0.3, 0.95, 1]) {
      assert.ok(isAtLeast(least, least));
      assert.ok(isAtLeast(least - 5e-7, least), 'float32 may have rounded it down');
      assert.ok(!isAtLeast(least - 2e-6, least));
    }
  });

  it('includes a picture by the similarity that either way of computing it tells', async () => {
    const random = seededRandom(3);
    const dimensions = 1_024;
    const index = createHnswIndex({ dimensions });
    const vectors = Array.from({ length: 200 }, () => randomEmbedding(random, dimensions));
    await index.upsert(vectors.map((embedding, id) => ({ id: id + 1, embedding })));
    let differences = 0;
    for (const query of vectors.slice(0, 20)) {
      for (const { id, similarity: near } of await index.nearest(query, 200)) {
        const exact = similarity(query, vectors[id - 1] ?? toEmbedding([1]));
        differences += near === exact ? 0 : 1;
        assert.ok(isAtLeast(exact, near) && isAtLeast(near, exact), `${near} and ${exact}`);
      }
    }
    assert.ok(differences > 1_000, 'both compute alike, so nothing was tested');
  });

  it('is a number from -1 to 1', () => {
    assert.deepEqual([-1, 0, 1, -1.000001, 1.000001, Number.NaN].map(isMinSimilarity), [
      ...[true, true, true, false, false, false],
    ]);
  });

  it('includes what a person was shown, given back as it was shown', () => {
    const random = seededRandom(4);
    for (let i = 0; i < 10_000; i++) {
      const value = 2 * random() - 1;
      assert.ok(isAtLeast(value, Number(shownSimilarity(value))), `${value}`);
    }
    assert.deepEqual([1, 0.99999994, 0.87346, -0.5].map(shownSimilarity), [
      ...['1.0000', '1.0000', '0.8734', '-0.5000'],
    ]);
  });
});
