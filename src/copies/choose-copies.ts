import { type CopyLine, isCalledCopy, type ScoredPair } from '../domain/copy-line.ts';
import { COPY_SCORE, HIGHEST_SCORE, UNSURE_SCORE } from './judge-pair.ts';
import { type DecidedPair, fitScores, type ScoreMixture } from './score-mixture.ts';

/** What somebody wants of a report's copies: a score, or how many may be wrong. */
export type CopyWish =
  /** What is held back is not called a copy, whatever its score. */
  | { readonly by: 'score'; readonly least: number }
  /** Share of the pairs called copies that are some, 0 to 1. */
  | ({ readonly by: 'precision'; readonly least: number } & TakenPairs)
  /** Pairs called copies that are none. */
  | ({ readonly by: 'false pairs'; readonly most: number } & TakenPairs);

interface TakenPairs {
  /** Whether what is held back is called a copy too, as far as it is likely enough. */
  readonly takesHeldBack: boolean;
}

/** Scores that have a name, the strictest first. */
export const COPY_PRESETS = { strict: 4, copies: COPY_SCORE, broad: UNSURE_SCORE } as const;

export type CopyPreset = keyof typeof COPY_PRESETS;

/** The rule's own. */
export const BY_RULE: CopyWish = { by: 'score', least: COPY_PRESETS.copies };

/** What is held back is called a copy at no score alone. */
export function lineAtScore(leastScore: number): CopyLine {
  return { leastScore, leastHeldBack: null };
}

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
    return { by: 'precision', least: precision, takesHeldBack: true };
  }
  return maxFalsePairs === undefined ? null : { by: 'false pairs', most: maxFalsePairs, takesHeldBack: true };
}

/** The same of what is not held back alone: for who acts on it without looking. */
export function withoutHeldBack(wish: CopyWish): CopyWish {
  return wish.by === 'score' ? wish : { ...wish, takesHeldBack: false };
}

/** A least score that nothing has: nothing is certain enough. */
export const ABOVE_ALL = HIGHEST_SCORE + 1;

/** From where on pairs are called copies, and what that is expected to get wrong. */
export interface ChosenLine extends ScoreMixture, CopyLine {
  /** How many pairs are. */
  readonly called: number;
  /** How many of those called copies are expected to be none. */
  readonly expectedWrong: number;
  /** In nine of ten collections no more are none. */
  readonly mostWrong: number;
}

/**
 * Calls copies as many pairs as keep a wish, the likeliest first, and none of which the score says that it is none: who allows
 * for more wrong pairs than there are gets fewer.
 * @param pairs all that were looked at
 * @param decided of which somebody has said what they are; they are not among those called copies
 */
export function chooseCopies(
  pairs: readonly ScoredPair[],
  wish: CopyWish,
  decided: readonly DecidedPair[] = [],
): ChosenLine {
  const mixture = fitScores(pairs, decided);
  const takesHeldBack = wish.by !== 'score' && wish.takesHeldBack;
  const candidates = pairs
    .filter(({ score, isHeldBack }) => score >= UNSURE_SCORE && (takesHeldBack || !isHeldBack))
    .map((pair) => ({ ...pair, certainty: mixture.certaintyOf(pair) }))
    .sort((a, b) => b.certainty - a.certainty);
  const line = wish.by === 'score' ? lineAtScore(wish.least) : lineOf(candidates, wish, mixture);
  const called = candidates.filter((pair) => isCalledCopy(pair, line));
  const expectedWrong = called.reduce((sum, { certainty }) => sum + 1 - certainty, 0);
  return {
    ...mixture,
    ...line,
    called: called.length,
    expectedWrong,
    mostWrong: Math.min(called.length, mostOf(expectedWrong)),
  };
}

interface Candidate extends ScoredPair {
  readonly certainty: number;
}

type EstimatedWish = Exclude<CopyWish, { readonly by: 'score' }>;

/** @param candidates the likeliest first */
function lineOf(
  candidates: readonly Candidate[],
  wish: EstimatedWish,
  { certaintyOf }: ScoreMixture,
): CopyLine {
  const least = leastCertainty(candidates, wish);
  const from = (isHeldBack: boolean) => {
    const called = candidates.filter((pair) => pair.isHeldBack === isHeldBack && pair.certainty >= least);
    const wouldBe = SCORES.find((score) => certaintyOf({ score, isHeldBack }) >= least) ?? ABOVE_ALL;
    return Math.min(wouldBe, ...called.map(({ score }) => score));
  };
  const leastHeldBack = wish.takesHeldBack ? from(true) : ABOVE_ALL;
  return { leastScore: from(false), leastHeldBack: leastHeldBack === ABOVE_ALL ? null : leastHeldBack };
}

/** Where a line may be drawn between the scores of pairs, ascending. */
const STEP = 0.01;
const SCORES = Array.from(
  { length: Math.ceil((HIGHEST_SCORE - UNSURE_SCORE) / STEP) },
  (_, i) => UNSURE_SCORE + i * STEP,
);

/**
 * How certain a pair has to be: as the last of those that keep the wish together, or less where there is none and one more
 * would keep it.
 */
function leastCertainty(candidates: readonly Candidate[], wish: EstimatedWish): number {
  let [called, wrong, sum] = [0, 0, 0];
  for (const [i, { certainty }] of candidates.entries()) {
    sum += 1 - certainty;
    if (candidates[i + 1]?.certainty !== certainty && sum <= mostWrongOf(wish, i + 1)) {
      [called, wrong] = [i + 1, sum];
    }
  }
  const last = candidates[called - 1]?.certainty ?? Number.POSITIVE_INFINITY;
  const ofOneMore = 1 - (mostWrongOf(wish, called + 1) - wrong);
  const left = candidates[called]?.certainty ?? Number.NEGATIVE_INFINITY;
  return left < ofOneMore ? Math.min(last, ofOneMore) : last;
}

function mostWrongOf(wish: EstimatedWish, called: number): number {
  return wish.by === 'precision' ? (1 - wish.least) * called : wish.most;
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
