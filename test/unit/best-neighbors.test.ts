import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createBestNeighbors } from '../../src/domain/best-neighbors.ts';
import { compareNeighbors } from '../../src/domain/neighbor-order.ts';
import type { Neighbor } from '../../src/domain/vector-index.ts';

test('the kept neighbors are the first of all in order, ties included', () => {
  const similarities = fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 60 });
  fc.assert(
    fc.property(similarities, fc.integer({ min: 1, max: 70 }), (values, limit) => {
      const offered: Neighbor[] = values.map((value, i) => ({ id: (i * 37) % 61, similarity: value / 5 }));
      const best = createBestNeighbors(limit);
      for (const { id, similarity } of offered) best.offer(id, similarity);
      assert.deepEqual(best.sorted(), offered.toSorted(compareNeighbors).slice(0, limit));
    }),
    { seed: 11, numRuns: 300 },
  );
});
