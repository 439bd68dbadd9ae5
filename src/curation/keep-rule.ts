import type { Candidate } from './candidate.ts';

/** What tells which of two files is to be kept. */
export interface KeepRule {
  /** What it keeps, as in "the one with more pixels". */
  readonly words: string;
  /** Below 0 when the first is to be kept, above 0 when the second is, 0 where it has no say. */
  compare(first: Candidate, second: Candidate): number;
  /** Why it keeps the one: a clause that calls it "it", and the other one "the other". */
  explain(kept: Candidate, other: Candidate): string;
}

/** A rule that gives every file a number by itself. @param rank the least is kept; null has no say */
export function rankingRule(
  words: string,
  rank: (candidate: Candidate) => number | null,
  explain: KeepRule['explain'],
): KeepRule {
  return {
    words,
    compare(first, second) {
      const [one, other] = [rank(first), rank(second)];
      return one === null || other === null ? 0 : one - other;
    },
    explain,
  };
}
