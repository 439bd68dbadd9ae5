import type { CopyLine, ScoredPair } from '../domain/copy-line.ts';
import { HIGHEST_SCORE, verdictByScore } from './judge-pair.ts';

/**
 * What a collection's scores say of its pairs: those of copies, of which the shape is known, and those of other pairs, most of
 * which thin out towards higher scores at a rate of the collection's own. Fitted by expectation-maximization; the share of others
 * at a score is Efron's local false discovery rate (Efron et al., "Empirical Bayes Analysis of a Microarray Experiment", JASA
 * 2001), with the shape of copies known instead of the shape of others.
 */
export interface ScoreMixture {
  /** How likely a pair is a copy, 0 to 1; 0 for scores below {@link LEAST_MODELLED}. */
  certaintyOf(pair: ScoredPair): number;
}

/** Scores below it are of pairs that nobody takes for copies; 140 of 8,600 others and 823 of 827 copies were above. */
const LEAST_MODELLED = 0;

/** Pairs of one bin are taken for equal: their number does not matter. */
const BIN = 0.01;

/**
 * How the scores of copies lie: shares of 823 copies of photos of groceries, flowers and clothes that ImageMagick and ffmpeg
 * had edited. @see judgePair, whose version they belong to
 */
const COPY_BINS: readonly { readonly from: number; readonly to: number; readonly share: number }[] = [
  { from: 0, to: 1, share: 0.001 },
  { from: 1, to: 2, share: 0.005 },
  { from: 2, to: 2.5, share: 0.003 },
  { from: 2.5, to: 3, share: 0.019 },
  { from: 3, to: 3.5, share: 0.047 },
  { from: 3.5, to: 4, share: 0.085 },
  { from: 4, to: 4.5, share: 0.124 },
  { from: 4.5, to: HIGHEST_SCORE, share: 0.716 },
];

/**
 * How fast other pairs thin out by a unit of score, before anything is known of a collection: 0.96 in four collections
 * together, and taken lower, since what is not known shall not look safe. It weighs as much as ten pairs.
 */
const USUAL_RATE = 0.75;
const USUAL_WEIGHT = 10;

/**
 * Share of others that show one scene, photographed twice: these do not thin out, but come to any score up to a bound. In
 * photos from shops 26 of 140 others above 0 came to 2 to 4, where thinning out at the rate of all leaves 18. They count in
 * that rate too, so that it is rather too low than too high. Of those that are held back the bound is the highest score: a still
 * camera's frames, in which something has moved, agree in all else.
 */
const OF_ONE_SCENE = 0.2;
const HIGHEST_OF_ONE_SCENE = 4;

/**
 * Share of copies among pairs above 0, before anything is known of a collection: 823 of 963 in four collections, and taken
 * lower. It weighs as much as four pairs: without it, one pair alone would be certain to be what it rather is.
 */
const USUAL_SHARE = 0.75;
const USUAL_SHARE_WEIGHT = 4;

/**
 * Shares of copies, and of others, that are held back, among pairs that may be copies by their scores, before anything is
 * known of a collection: 56 of 299 copies of photos with known geometry; of others 39 of 55 pairs of frames of films and all of
 * 19 of fruit that was photographed twice, and taken lower. They weigh as much as so many pairs.
 */
const USUALLY_HELD_BACK = { copies: 0.19, others: 0.6 };
const USUALLY_HELD_BACK_WEIGHT = { copies: 20, others: 10 };

/** Enough for shares that no longer move. */
const STEPS = 200;

/** A pair of which somebody has said what it is. */
export interface DecidedPair extends ScoredPair {
  readonly isCopy: boolean;
}

/**
 * @param pairs all of a collection that were looked at, in any order, but for the decided ones
 * @param decided what is known of these is not guessed: a collection in which persons found pairs of high scores to be no
 *   copies is expected to have more of them
 */
export function fitScores(pairs: Iterable<ScoredPair>, decided: readonly DecidedPair[] = []): ScoreMixture {
  const said = decided.filter(({ score }) => score >= LEAST_MODELLED);
  const bins = [...binned(pairs), ...said.map((pair) => ({ ...pair, count: 1 }))];
  let shape: MixtureShape = {
    copies: USUAL_SHARE,
    rate: USUAL_RATE,
    heldBack: USUALLY_HELD_BACK,
  };
  for (let step = 0; step < STEPS; step++) {
    shape = refit(bins, shape);
  }
  return { certaintyOf: (pair) => (pair.score < LEAST_MODELLED ? 0 : certainty(pair, shape)) };
}

/** What differs from collection to collection. */
interface MixtureShape {
  /** Share of copies among the pairs, 0 to 1. */
  readonly copies: number;
  /** At which others thin out, by a unit of score. */
  readonly rate: number;
  /** Shares of each that are held back, 0 to 1. */
  readonly heldBack: { readonly copies: number; readonly others: number };
}

/** Pairs that count alike. */
interface ScoreBin extends ScoredPair {
  readonly count: number;
  /** Where somebody has said it. */
  readonly isCopy?: boolean;
}

/** The shape that makes pairs likeliest which are copies as likely as another shape has it. */
function refit(bins: readonly ScoreBin[], before: MixtureShape): MixtureShape {
  const all = { copies: 0, others: 0 };
  const mayBeHeldBack = { copies: 0, others: 0 };
  const heldBack = { copies: 0, others: 0 };
  let distance = 0;
  for (const bin of bins) {
    const { score, isHeldBack, count } = bin;
    const share = bin.isCopy === undefined ? certainty(bin, before) : Number(bin.isCopy);
    distance += count * (1 - share) * (score - LEAST_MODELLED);
    for (const kind of ['copies', 'others'] as const) {
      const pairs = count * (kind === 'copies' ? share : 1 - share);
      all[kind] += pairs;
      if (verdictByScore(score) !== null) {
        mayBeHeldBack[kind] += pairs;
        heldBack[kind] += isHeldBack ? pairs : 0;
      }
    }
  }
  const heldBackOf = (kind: 'copies' | 'others') => {
    const weight = USUALLY_HELD_BACK_WEIGHT[kind];
    return (heldBack[kind] + weight * USUALLY_HELD_BACK[kind]) / (mayBeHeldBack[kind] + weight);
  };
  return {
    copies: (all.copies + USUAL_SHARE_WEIGHT * USUAL_SHARE) / (all.copies + all.others + USUAL_SHARE_WEIGHT),
    rate: (all.others + USUAL_WEIGHT) / (distance + USUAL_WEIGHT / USUAL_RATE),
    heldBack: { copies: heldBackOf('copies'), others: heldBackOf('others') },
  };
}

function certainty(pair: ScoredPair, { copies, rate, heldBack }: MixtureShape): number {
  const { score, isHeldBack } = pair;
  const mayBeHeldBack = verdictByScore(score) !== null;
  const likelihood = (share: number) => (mayBeHeldBack ? (isHeldBack ? share : 1 - share) : 1);
  const ofCopies = copies * copyDensity(score) * likelihood(heldBack.copies);
  const ofOthers = (1 - copies) * otherDensity(pair, rate) * likelihood(heldBack.others);
  return ofCopies === 0 ? 0 : ofCopies / (ofCopies + ofOthers);
}

/** Share of copies, of those that are looked at, which a line calls that: as usual, before anything is known of a collection. */
export function usuallyFound({ leastScore, leastHeldBack }: CopyLine): number {
  const { copies: heldBack } = USUALLY_HELD_BACK;
  const ofHeldBack = leastHeldBack === null ? 0 : shareFrom(leastHeldBack);
  return (1 - heldBack) * shareFrom(leastScore) + heldBack * ofHeldBack;
}

/** Share of copies of a score or above. */
function shareFrom(least: number): number {
  return COPY_BINS.reduce((sum, { from, to, share }) => {
    const above = Math.min(1, Math.max(0, (to - least) / (to - from)));
    return sum + above * share;
  }, 0);
}

function otherDensity({ score, isHeldBack }: ScoredPair, rate: number): number {
  const highest = isHeldBack ? HIGHEST_SCORE : HIGHEST_OF_ONE_SCENE;
  const thinningOut = (1 - OF_ONE_SCENE) * rate * Math.exp(-rate * (score - LEAST_MODELLED));
  return thinningOut + (score < highest ? OF_ONE_SCENE / (highest - LEAST_MODELLED) : 0);
}

function copyDensity(score: number): number {
  const bin = COPY_BINS.find(({ to }) => score < to) ?? COPY_BINS.at(-1);
  return bin === undefined ? 0 : bin.share / (bin.to - bin.from);
}

function binned(pairs: Iterable<ScoredPair>): ScoreBin[] {
  const counts = { true: new Map<number, number>(), false: new Map<number, number>() };
  for (const { score, isHeldBack } of pairs) {
    if (score >= LEAST_MODELLED) {
      const at = Math.floor(score / BIN);
      const ofKind = counts[`${isHeldBack}`];
      ofKind.set(at, (ofKind.get(at) ?? 0) + 1);
    }
  }
  return [true, false].flatMap((isHeldBack) =>
    [...counts[`${isHeldBack}`]].map(([at, count]) => ({ score: (at + 0.5) * BIN, isHeldBack, count })),
  );
}
