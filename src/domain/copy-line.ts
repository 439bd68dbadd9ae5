/** How strongly what was found of two pictures speaks for a copy. */
export interface ScoredPair {
  /** The higher, the more. */
  readonly score: number;
  /** Whether something speaks against it, however high that is: something else stands in one of them, or parts are off their places. */
  readonly isHeldBack: boolean;
}

/** From where on pairs are called copies. */
export interface CopyLine {
  /** Score of those that are not held back. */
  readonly leastScore: number;
  /** Score of those that are; null: none of them is called a copy. */
  readonly leastHeldBack: number | null;
}

export function isCalledCopy(
  { score, isHeldBack }: ScoredPair,
  { leastScore, leastHeldBack }: CopyLine,
): boolean {
  return isHeldBack ? leastHeldBack !== null && score >= leastHeldBack : score >= leastScore;
}
