import type { FilePair } from '../verify-pairs.ts';

/** Pairs of different pictures that look alike in one way. */
export interface NegativeKind {
  readonly name: string;
  /** What they are, and of how many there are pairs. */
  readonly about: string;
  readonly paths: readonly string[];
  readonly pairs: readonly FilePair[];
  /** Whether these are copies after all: they show what a rule that calls nothing a copy would miss. */
  readonly areCopies?: boolean;
}

/** All pairs of a list, each once. */
export function allPairs(positions: readonly number[]): FilePair[] {
  return positions.flatMap((a, i) => positions.slice(i + 1).map((b) => ({ a, b })));
}
