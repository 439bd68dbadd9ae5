import type { VectorIndex } from '../domain/vector-index.ts';
import { yieldWhenDue } from './yield-when-due.ts';

/** The same index for a long walk of queries, which then leaves the event loop its turns. */
export function yieldingIndex(index: VectorIndex): VectorIndex {
  const yieldIfDue = yieldWhenDue();
  return {
    ...index,
    async nearest(query, k) {
      await yieldIfDue();
      return index.nearest(query, k);
    },
  };
}
