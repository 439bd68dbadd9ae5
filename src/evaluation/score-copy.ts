import type { Embedding } from '../domain/embedding.ts';
import { rankBank } from './rank-bank.ts';
import { OTHERS_KEPT } from './rank-copy.ts';
import { trapezoidPrecision } from './trapezoid-precision.ts';

/** What one copy of Copydays found. */
export interface CopydaysScore {
  readonly part: string;
  readonly block: string;
  /** See trapezoidPrecision: 1 when its original came first, 1/4 when it came second. */
  readonly averagePrecision: number;
}

/**
 * Looks for the original of a copy as DINO's eval_copy_detection.py does: in the {@link OTHERS_KEPT} nearest of the bank.
 * @param originals positions of what it was made from, one or more
 * @returns 0 to 1
 */
export function scoreCopy(
  copy: Embedding,
  bank: readonly Embedding[],
  originals: ReadonlySet<number>,
): number {
  const nearest = rankBank(copy, bank, (at) => originals.has(at), OTHERS_KEPT);
  const ranks = [...nearest.keys()].filter((rank) => originals.has((nearest[rank] as { at: number }).at));
  return trapezoidPrecision(ranks, originals.size);
}
