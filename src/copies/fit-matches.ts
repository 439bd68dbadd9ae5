import { type Affine, applyAffine, determinant, fitAffine, fitSimilarity, type PointPair } from './affine.ts';
import type { Features } from './describe-keypoints.ts';
import type { FeatureMatch } from './match-keypoints.ts';

/** How one picture lies in the other, by keypoints that agree on it. */
export interface MatchFit {
  /** From the first picture to the second, pixels. */
  readonly affine: Affine;
  readonly inliers: readonly FeatureMatch[];
}

/** Pixels of the second picture that an inlier may be off, at first and in the end. */
const NEAR = 12;
const NEAREST = 4;

/** Factor by which an inlier's change of scale may differ, and radians by which its turn may. */
const SCALE_OFF = 1.6;
const TURN_OFF = 0.5;

/** Change of scale that is believed at all. */
const LEAST_SCALE = 0.08;
const MOST_SCALE = 12;

/** How much more than the other one direction may be stretched. */
const MOST_STRETCHED = 3;

/** Below so many an affine map follows noise, and a similarity is fitted. */
const ENOUGH_FOR_AFFINE = 8;

const ROUNDS = 4;

/**
 * Finds the map on which most matches agree. Each match names one by itself, since keypoints have a scale and a direction, so
 * that all are tried (as the Hough transform of Lowe 2004, section 7.3, does in bins) and nothing is drawn by chance.
 * @returns null where no three agree
 */
export function fitMatches(
  a: Features,
  b: Features,
  matches: readonly FeatureMatch[],
  isMirrored: boolean,
): MatchFit | null {
  const hints = matches.map((match) => hintOf(a, b, match, isMirrored));
  let best: number[] = [];
  for (const hint of hints) {
    if (hint.scale < LEAST_SCALE || hint.scale > MOST_SCALE) {
      continue;
    }
    const agreeing: number[] = [];
    for (const [i, other] of hints.entries()) {
      if (agreesWith(hint, other)) {
        agreeing.push(i);
      }
    }
    if (agreeing.length > best.length) {
      best = agreeing;
    }
  }
  return best.length < 3 ? null : refined(hints, best, matches, isMirrored);
}

interface Hint extends PointPair {
  readonly scale: number;
  /** Radians. */
  readonly turn: number;
  readonly affine: Affine;
}

function hintOf(a: Features, b: Features, match: FeatureMatch, isMirrored: boolean): Hint {
  const from = { x: a.x[match.a] as number, y: a.y[match.a] as number };
  const to = { x: b.x[match.b] as number, y: b.y[match.b] as number };
  const scale = (b.scale[match.b] as number) / (a.scale[match.a] as number);
  const sign = isMirrored ? -1 : 1;
  // In a mirror (y turned about) a direction has the opposite angle.
  const turn = (b.angle[match.b] as number) - sign * (a.angle[match.a] as number);
  const [cos, sin] = [scale * Math.cos(turn), scale * Math.sin(turn)];
  const linear = { xx: cos, xy: -sign * sin, yx: sin, yy: sign * cos };
  const origin = applyAffine({ ...linear, x0: 0, y0: 0 }, from);
  return { from, to, scale, turn, affine: { ...linear, x0: to.x - origin.x, y0: to.y - origin.y } };
}

function agreesWith(hint: Hint, other: Hint): boolean {
  const ratio = other.scale / hint.scale;
  if (ratio > SCALE_OFF || ratio * SCALE_OFF < 1) {
    return false;
  }
  const turn = Math.abs(other.turn - hint.turn) % (2 * Math.PI);
  return Math.min(turn, 2 * Math.PI - turn) < TURN_OFF && isNear(hint.affine, other, NEAR);
}

function isNear({ xx, xy, x0, yx, yy, y0 }: Affine, { from, to }: PointPair, near: number): boolean {
  const right = xx * from.x + xy * from.y + x0 - to.x;
  const down = yx * from.x + yy * from.y + y0 - to.y;
  return right * right + down * down < near * near;
}

/** Whether people would edit a picture so: keypoints on a line fit maps that crush it as well. */
function isPlausible(affine: Affine, isMirrored: boolean): boolean {
  const area = determinant(affine) * (isMirrored ? -1 : 1);
  if (area < LEAST_SCALE ** 2 || area > MOST_SCALE ** 2) {
    return false;
  }
  // Of the singular values the squares sum to this, and the product is the area.
  const squares = affine.xx ** 2 + affine.xy ** 2 + affine.yx ** 2 + affine.yy ** 2;
  return squares / area <= MOST_STRETCHED + 1 / MOST_STRETCHED;
}

/** Fits and sorts out again, ever more strictly. */
function refined(
  hints: readonly Hint[],
  first: readonly number[],
  matches: readonly FeatureMatch[],
  isMirrored: boolean,
): MatchFit | null {
  let inliers = first;
  for (let round = 1; ; round++) {
    const pairs = inliers.map((i) => hints[i] as Hint);
    const affine = [
      pairs.length >= ENOUGH_FOR_AFFINE ? fitAffine(pairs) : null,
      fitSimilarity(pairs, isMirrored),
    ].find((map) => map !== null && isPlausible(map, isMirrored));
    if (affine === null || affine === undefined) {
      return null;
    }
    const near = NEAR + ((NEAREST - NEAR) * round) / ROUNDS;
    inliers = [...hints.keys()].filter((i) => isNear(affine, hints[i] as Hint, near));
    if (inliers.length < 3) {
      return null;
    }
    if (round === ROUNDS) {
      return { affine, inliers: inliers.map((i) => matches[i] as FeatureMatch) };
    }
  }
}
