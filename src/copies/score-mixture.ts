import { HIGHEST_SCORE } from './judge-pair.ts';

/**
 * What a collection's scores say of its pairs: those of copies, of which the shape is known, and those of other pairs, most of
 * which thin out towards higher scores at a rate of the collection's own. Fitted by expectation-maximization; the share of others
 * at a score is Efron's local false discovery rate (Efron et al., "Empirical Bayes Analysis of a Microarray Experiment", JASA
 * 2001), with the shape of copies known instead of the shape of others.
 */
export interface ScoreMixture {
  /** How likely a pair of this score is a copy, 0 to 1; 0 for scores below {@link LEAST_MODELLED}. */
  certaintyOf(score: number): number;
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
 * that rate too, so that it is rather too low than too high.
 */
const OF_ONE_SCENE = 0.2;
const HIGHEST_OF_ONE_SCENE = 4;

/**
 * Share of copies among pairs above 0, before anything is known of a collection: 823 of 963 in four collections, and taken
 * lower. It weighs as much as four pairs: without it, one pair alone would be certain to be what it rather is.
 */
const USUAL_SHARE = 0.75;
const USUAL_SHARE_WEIGHT = 4;

/** Enough for shares that no longer move. */
const STEPS = 200;

/** A pair of which somebody has said what it is. */
export interface DecidedScore {
  readonly score: number;
  readonly isCopy: boolean;
}

/**
 * @param scores of all pairs of a collection that were looked at, in any order, but for the decided ones
 * @param decided what is known of these is not guessed: a collection in which persons found pairs of high scores to be no
 *   copies is expected to have more of them
 */
export function fitScores(scores: Iterable<number>, decided: readonly DecidedScore[] = []): ScoreMixture {
  const bins = binned(scores);
  const said = decided.filter(({ score }) => score >= LEAST_MODELLED);
  const saidOthers = said.filter(({ isCopy }) => !isCopy);
  const saidDistance = saidOthers.reduce((sum, { score }) => sum + score - LEAST_MODELLED, 0);
  const pairs = bins.reduce((sum, { count }) => sum + count, said.length);
  let rate = USUAL_RATE;
  let copies = USUAL_SHARE;
  for (let step = 0; step < STEPS && pairs > 0; step++) {
    let [others, distance] = [saidOthers.length, saidDistance];
    for (const { score, count } of bins) {
      const wrong = count * (1 - certainty(score, copies, rate));
      others += wrong;
      distance += wrong * (score - LEAST_MODELLED);
    }
    rate = (others + USUAL_WEIGHT) / (distance + USUAL_WEIGHT / USUAL_RATE);
    copies = (pairs - others + USUAL_SHARE_WEIGHT * USUAL_SHARE) / (pairs + USUAL_SHARE_WEIGHT);
  }
  return {
    certaintyOf: (score) => (score < LEAST_MODELLED ? 0 : certainty(score, copies, rate)),
  };
}

/** @param copies their share among the pairs, 0 to 1 */
function certainty(score: number, copies: number, rate: number): number {
  const ofCopies = copies * copyDensity(score);
  const ofOthers = (1 - copies) * otherDensity(score, rate);
  return ofCopies === 0 ? 0 : ofCopies / (ofCopies + ofOthers);
}

function otherDensity(score: number, rate: number): number {
  const isOfOneScene = score - LEAST_MODELLED < HIGHEST_OF_ONE_SCENE;
  const thinningOut = (1 - OF_ONE_SCENE) * rate * Math.exp(-rate * (score - LEAST_MODELLED));
  return thinningOut + (isOfOneScene ? OF_ONE_SCENE / HIGHEST_OF_ONE_SCENE : 0);
}

function copyDensity(score: number): number {
  const bin = COPY_BINS.find(({ to }) => score < to) ?? COPY_BINS.at(-1);
  return bin === undefined ? 0 : bin.share / (bin.to - bin.from);
}

interface ScoreBin {
  readonly score: number;
  count: number;
}

function binned(scores: Iterable<number>): ScoreBin[] {
  const bins = new Map<number, ScoreBin>();
  for (const score of scores) {
    if (score >= LEAST_MODELLED) {
      const at = Math.floor(score / BIN);
      const bin = bins.get(at) ?? { score: (at + 0.5) * BIN, count: 0 };
      bin.count++;
      bins.set(at, bin);
    }
  }
  return [...bins.values()];
}
