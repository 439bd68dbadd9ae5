import type { Neighbor } from '../domain/vector-index.ts';

/** Equal but for float32 rounding, which differs between the two ways of summing. */
const ROUNDING = 1e-5;

/**
 * How many of the true neighbors an answer has. One as similar as the last true one counts as found: which of equals
 * comes first is chance.
 */
export function countFound(truth: readonly Neighbor[], answer: readonly Neighbor[]): number {
  const last = truth.at(-1)?.similarity ?? 1;
  const good = answer.filter((neighbor) => neighbor.similarity >= last - ROUNDING).length;
  return Math.min(good, truth.length);
}
