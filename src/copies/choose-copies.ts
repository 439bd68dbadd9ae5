import { COPY_SCORE, HIGHEST_SCORE, UNSURE_SCORE } from './judge-pair.ts';
import { type DecidedScore, fitScores, type ScoreMixture } from './score-mixture.ts';

/** What somebody wants of a report's copies: a score, or how many may be wrong. */
export type CopyWish =
  | { readonly by: 'score'; readonly least: number }
  /** Share of the pairs called copies that are some, 0 to 1. */
  | { readonly by: 'precision'; readonly least: number }
  /** Pairs called copies that are none. */
  | { readonly by: 'false pairs'; readonly most: number };

/** Scores that have a name, the strictest first. */
export const COPY_PRESETS = { strict: 4, copies: COPY_SCORE, broad: UNSURE_SCORE } as const;

export type CopyPreset = keyof typeof COPY_PRESETS;

/** The rule's own. */
export const BY_RULE: CopyWish = { by: 'score', least: COPY_PRESETS.copies };

/** Three ways to say how certain copies shall be; one at most is named. */
export interface NamedWish {
  readonly preset?: CopyPreset | undefined;
  /** 0 to 1. */
  readonly precision?: number | undefined;
  readonly maxFalsePairs?: number | undefined;
}

/** Null where none is named. */
export function wishOf({ preset, precision, maxFalsePairs }: NamedWish): CopyWish | null {
  if (preset !== undefined) {
    return { by: 'score', least: COPY_PRESETS[preset] };
  }
  if (precision !== undefined) {
    return { by: 'precision', least: precision };
  }
  return maxFalsePairs === undefined ? null : { by: 'false pairs', most: maxFalsePairs };
}

/** A least score that nothing has: nothing is certain enough. */
export const ABOVE_ALL = HIGHEST_SCORE + 1;

/** From which score on pairs are called copies, and what that is expected to get wrong. */
export interface ChosenScore extends ScoreMixture {
  readonly leastScore: number;
  /** How many pairs are. */
  readonly called: number;
  /** How many of those called copies are expected to be none. */
  readonly expectedWrong: number;
  /** In nine of ten collections no more are none. */
  readonly mostWrong: number;
}

/**
 * Chooses the lowest score that keeps a wish, and never one below which nothing may be a copy: who allows for more wrong
 * pairs than there are gets fewer.
 * @param scores of all pairs that were looked at
 * @param decided of pairs of which somebody has said what they are; they are not among those called copies
 */
export function chooseCopies(
  scores: readonly number[],
  wish: CopyWish,
  decided: readonly DecidedScore[] = [],
): ChosenScore {
  const mixture = fitScores(scores, decided);
  const candidates = scores.filter((score) => score >= UNSURE_SCORE).sort((a, b) => b - a);
  let [leastScore, expectedWrong, wrong] = [ABOVE_ALL, 0, 0];
  for (const [i, score] of candidates.entries()) {
    wrong += 1 - mixture.certaintyOf(score);
    const isLastOfScore = candidates[i + 1] !== score;
    if (isLastOfScore && isKept(wish, { score, wrong, called: i + 1 })) {
      [leastScore, expectedWrong] = [score, wrong];
    }
  }
  if (wish.by === 'score') {
    leastScore = wish.least; // the same for every collection, whatever is in it
  }
  const called = candidates.filter((score) => score >= leastScore).length;
  return {
    ...mixture,
    leastScore,
    called,
    expectedWrong,
    mostWrong: Math.min(called, mostOf(expectedWrong)),
  };
}

interface Called {
  readonly score: number;
  /** Expected to be none, of those of this score or above. */
  readonly wrong: number;
  readonly called: number;
}

function isKept(wish: CopyWish, { score, wrong, called }: Called): boolean {
  switch (wish.by) {
    case 'score':
      return score >= wish.least;
    case 'precision':
      return wrong <= (1 - wish.least) * called;
    case 'false pairs':
      return wrong <= wish.most;
  }
}

/** How far expectations were off at most, in nine of ten halves of four collections: see ARCHITECTURE. */
const MOST_FACTOR = 2;
const MOST_MORE = 1;

/** Of as many as that, Poisson's law allows for so many in nine of ten cases. */
function mostOf(expected: number): number {
  const mean = MOST_FACTOR * expected + MOST_MORE;
  let term = Math.exp(-mean);
  if (term === 0) {
    return Math.ceil(mean + 1.2816 * Math.sqrt(mean)); // where the law is a normal one
  }
  let [most, sum] = [0, term];
  while (sum < 0.9) {
    most++;
    term *= mean / most;
    sum += term;
  }
  return most;
}
