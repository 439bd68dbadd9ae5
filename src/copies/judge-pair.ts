import type { ScoredPair } from '../domain/copy-line.ts';
import type { PairEvidence } from './compare-views.ts';
import type { BandSummary } from './lay-over.ts';

/** Rises when the same pictures may be judged otherwise. */
export const COPY_RULE_VERSION = 4;

/**
 * `copy`: one picture was made from the other, or both from one. `unsure`: they show the same, and resolution or texture do
 * not allow to tell a copy from another shot. `alike`: things in both fit together, but another shot, or another thing of
 * the kind. `different`: nothing fits together. `plain`: both are blank, or next to it, and nothing can be said of them.
 */
export type CopyVerdict = 'copy' | 'unsure' | 'alike' | 'different' | 'plain';

/** What is said of two pictures, and how strongly. */
export interface Judgement {
  readonly verdict: CopyVerdict;
  /** Weighed sum of the evidence: at or above 0 more speaks for a copy than against it; -4 to {@link HIGHEST_SCORE}. */
  readonly score: number;
}

/** Scores from which a pair is a copy, and from which it may be one. See ARCHITECTURE for what they were measured on. */
export const COPY_SCORE = 3;
export const UNSURE_SCORE = 1;

/** Inliers that do not agree by chance: things in both pictures fit together. */
const ALIKE_INLIERS = 12;

/** With fewer in both, two pictures are so plain that nothing can be said of them. */
const LEAST_KEYPOINTS = 4;

/**
 * Tiles in which something else stands; with more of them nobody can tell a caption from what moved between two shots. Of
 * 160 copies that were edited as a whole (JPEG 10, 64 pixels, blurred, recolored, turned, cropped) none has more, all of 28
 * that were written or pasted over have, and 39 of 55 pairs of frames of films that agree otherwise; the other frames are
 * but for one of leaves in the wind.
 */
const MOST_CONTRARY = 1;

/**
 * Pixels of a view that tiles are off in the median, beyond which it is another shot, from a step aside, or a copy that was
 * bent. Of 250 copies that were edited in 21 ways the most was 1.21; of 19 pairs of fruit in shops that were photographed
 * twice, the least 1.44.
 */
const MOST_SHIFTED = 1.3;

/** Tiles that a band needs to be compared by. */
const LEAST_TILES = 6;

/**
 * How much stronger or weaker than in the coarsest band one picture's detail may be in another band: what was blurred or
 * enlarged has lost it, and has nothing that could agree.
 */
const MOST_FADED = 2.5;

/** What a coarse correlation counts for where there is none of finer detail: another shot has it too. */
const WITHOUT_DETAIL = 0.6;

/** Numbers beyond which more of it says no more. */
const MANY = 60;
const FAR = 3;

/**
 * Logistic regression over 1,466 pairs: 294 edited copies of photos with their originals, and each copy's nearest others
 * (`copy` vectors), among them other shots of the same scene; both kinds weigh the same.
 */
const WEIGHTS = {
  constant: -2.62,
  detail: 1.16,
  coarse: 1.54,
  agreeing: 1.04,
  inliers: 1.51,
  shift: -1.33,
  manyAgreeing: 0.95,
  manyInliers: 1.44,
};

/** Where all of the evidence is as it can be at best. */
export const HIGHEST_SCORE = 5.02;

const NO_BAND: BandSummary = { tiles: 0, correlation: 0, ratio: 1 };

/** Says what a pair is by what was found. */
export function judgePair(evidence: PairEvidence): Judgement {
  const score = scoreOf(evidence);
  return { score, verdict: verdictOf(score, evidence) };
}

function verdictOf(score: number, { inliers, keypoints, contraryTiles, shift }: PairEvidence): CopyVerdict {
  if (Math.max(keypoints.a, keypoints.b) < LEAST_KEYPOINTS) {
    return 'plain';
  }
  const byScore = verdictByScore(score);
  if (byScore === 'copy' && isHeldBack({ contraryTiles, shift })) {
    return 'unsure';
  }
  return byScore ?? (inliers >= ALIKE_INLIERS ? 'alike' : 'different');
}

/** Whether something else stands in one of the pictures: it was written or pasted there, or it moved between two shots. */
export function isSomethingElse(contraryTiles: number): boolean {
  return contraryTiles > MOST_CONTRARY;
}

/** Whether a pair is not sure, however much else agrees. */
export function isHeldBack({ contraryTiles, shift }: Pick<PairEvidence, 'contraryTiles' | 'shift'>): boolean {
  return isSomethingElse(contraryTiles) || (shift !== null && shift > MOST_SHIFTED);
}

/** What a score alone comes to; null where it speaks for no copy. */
export function verdictByScore(score: number): 'copy' | 'unsure' | null {
  if (score >= COPY_SCORE) {
    return 'copy';
  }
  return score >= UNSURE_SCORE ? 'unsure' : null;
}

/** What was said of two pictures, and what may have decided beside the score. */
export interface Decided extends Judgement {
  readonly evidence: Pick<PairEvidence, 'contraryTiles' | 'shift'>;
  /** How two pages of text agree; null of other pictures. */
  readonly pages: unknown;
}

/** How a pair counts where a line is drawn through all of a collection; null where something else than its evidence has decided. */
export function scoredPair({ verdict, score, evidence, pages }: Decided): ScoredPair | null {
  const byScore = verdictByScore(score);
  if (byScore === null) {
    return verdict === 'alike' || verdict === 'different' ? { score, isHeldBack: false } : null;
  }
  if (verdict === 'unsure') {
    return pages === null ? { score, isHeldBack: isHeldBack(evidence) } : null;
  }
  return verdict === byScore ? { score, isHeldBack: false } : null;
}

/** A verdict with the line drawn at another score, unless something else than the score has decided. */
export function verdictAt(decided: Decided, leastScore: number): CopyVerdict {
  const scored = scoredPair(decided);
  if (scored === null || scored.isHeldBack || verdictByScore(scored.score) === null) {
    return decided.verdict;
  }
  return scored.score >= leastScore ? 'copy' : 'unsure';
}

function scoreOf(evidence: PairEvidence): number {
  const points = Object.values(weighEvidence(evidence));
  return points.reduce((sum, one) => sum + one, WEIGHTS.constant);
}

/** What a score starts from, before any evidence. */
export const SCORE_WITHOUT_EVIDENCE = WEIGHTS.constant;

/** What the evidence speaks for or against, by the points that it adds to a score. */
export type EvidencePoints = Readonly<Record<Exclude<keyof typeof WEIGHTS, 'constant'>, number>>;

/** The points of each part of the evidence; with {@link SCORE_WITHOUT_EVIDENCE} they add up to the score. */
export function weighEvidence(evidence: PairEvidence): EvidencePoints {
  const { matches, inliers, tellingTiles, agreeingTiles, bands, shift } = evidence;
  const [, middle = NO_BAND, coarse = NO_BAND] = bands;
  const isComparable = whoHasDetail(bands) === 'both';
  return {
    detail: WEIGHTS.detail * (isComparable ? middle.correlation : WITHOUT_DETAIL * coarse.correlation),
    coarse: WEIGHTS.coarse * coarse.correlation,
    agreeing: WEIGHTS.agreeing * (tellingTiles === 0 ? 0 : agreeingTiles / tellingTiles),
    inliers: WEIGHTS.inliers * (matches === 0 ? 0 : inliers / matches),
    shift: WEIGHTS.shift * Math.min(1, (shift ?? FAR) / FAR),
    manyAgreeing: WEIGHTS.manyAgreeing * muchOf(agreeingTiles),
    manyInliers: WEIGHTS.manyInliers * muchOf(inliers),
  };
}

/** Which of two pictures has detail that would tell a copy from another shot; `neither` also where there is too little. */
export function whoHasDetail(bands: PairEvidence['bands']): 'both' | 'neither' | 'a' | 'b' {
  const [, middle = NO_BAND, coarse = NO_BAND] = bands;
  if (middle.tiles < LEAST_TILES) {
    return 'neither';
  }
  if (middle.ratio / coarse.ratio > MOST_FADED) {
    return 'a';
  }
  return coarse.ratio / middle.ratio > MOST_FADED ? 'b' : 'both';
}

/** 0 to 1, by its logarithm. */
function muchOf(count: number): number {
  return Math.log1p(Math.min(MANY, count)) / Math.log1p(MANY);
}
