import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findExactPairs } from '../../bench/exact-pairs.ts';
import { type PlantedVectors, plantVectors } from '../../bench/planted-vectors.ts';
import { type Embedding, similarity } from '../../src/domain/embedding.ts';

const COUNT = 1_500;
const PLANTING = { count: COUNT, dimensions: 32, seed: 3, planted: 200, least: 0.9, most: 0.99 };

function all({ vector }: PlantedVectors): Embedding[] {
  return Array.from({ length: COUNT }, (_, n) => vector(n));
}

describe('plantVectors', () => {
  it('plants each vector at the similarity that it tells, and no two at one original', () => {
    const planted = plantVectors(PLANTING);
    const vectors = all(planted);
    assert.equal(planted.pairs.length, PLANTING.planted);
    for (const pair of planted.pairs) {
      const found = similarity(vectors[pair.planted] as Embedding, vectors[pair.original] as Embedding);
      assert.ok(Math.abs(found - pair.similarity) < 1e-6, `found ${found}, expected ${pair.similarity}`);
      assert.ok(pair.similarity >= PLANTING.least && pair.similarity < PLANTING.most);
    }
    const named = planted.pairs.flatMap(({ planted, original }) => [planted, original]);
    assert.equal(new Set(named).size, 2 * PLANTING.planted);
  });

  it('plants the same for the same seed, and otherwise for another', () => {
    const vectors = all(plantVectors(PLANTING));
    assert.deepEqual(all(plantVectors(PLANTING)), vectors);
    assert.notDeepEqual(all(plantVectors({ ...PLANTING, seed: 4 })), vectors);
  });
});

describe('findExactPairs', () => {
  it('finds what comparing one by one finds, within a block and between two', async () => {
    const vectors = all(plantVectors(PLANTING));
    const expected: string[] = [];
    for (let a = 0; a < COUNT; a++) {
      for (let b = a + 1; b < COUNT; b++) {
        if (similarity(vectors[a] as Embedding, vectors[b] as Embedding) >= PLANTING.least) {
          expected.push(`${a} ${b}`);
        }
      }
    }
    const found = await findExactPairs(vectors, PLANTING.least);
    assert.deepEqual(found.map(({ a, b }) => `${a} ${b}`).sort(), expected.sort());
    assert.ok(found.some(({ a, b }) => a < 1_024 && b >= 1_024));
    assert.ok(found.some(({ a }) => a >= 1_024));
  });
});
