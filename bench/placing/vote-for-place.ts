import { type Affine, fitSimilarity, type PointPair } from '../../src/copies/affine.ts';
import type { PixelSize } from '../../src/copies/fraction-map.ts';

/** Radians that the place may be turned by: quarters are tried apart. */
const MOST_TURNED = 0.35;

/** Change of scale that is believed. */
const LEAST_SCALE = 0.12;
const MOST_SCALE = 8;

/** Times that the place is fitted again to those who agree. */
const ROUNDS = 4;

/** A place, and how many matches agree on it. */
export interface VotedPlace {
  readonly affine: Affine;
  readonly votes: number;
}

/**
 * The scale, shift and small turn on which most of some matches agree. Every two of them name one, and all are tried.
 * @param near how far from its place a match may be, pixels of the second picture across and down
 * @returns null where no three agree
 */
export function voteForPlace(pairs: readonly PointPair[], near: PixelSize): VotedPlace | null {
  let agreeing = mostAgreeing(pairs, near);
  for (let round = 1; agreeing.length >= 3; round++) {
    const affine = fitSimilarity(agreeing, false);
    if (affine === null || round === ROUNDS) {
      return affine && { affine, votes: agreeing.length };
    }
    agreeing = pairs.filter((pair) => agreesWith(affine, pair, near));
  }
  return null;
}

function mostAgreeing(pairs: readonly PointPair[], near: PixelSize): PointPair[] {
  let best: Affine | null = null;
  let most = 0;
  for (let i = 0; i < pairs.length; i++) {
    for (let j = i + 1; j < pairs.length; j++) {
      const affine = placeOfTwo(pairs[i] as PointPair, pairs[j] as PointPair);
      const votes = affine === null ? 0 : countAgreeing(affine, pairs, near);
      if (votes > most) {
        [best, most] = [affine, votes];
      }
    }
  }
  return best === null ? [] : pairs.filter((pair) => agreesWith(best, pair, near));
}

/** Null where nobody would edit a picture so. */
function placeOfTwo(one: PointPair, other: PointPair): Affine | null {
  const [x, y] = [other.from.x - one.from.x, other.from.y - one.from.y];
  const [u, v] = [other.to.x - one.to.x, other.to.y - one.to.y];
  const spread = x * x + y * y;
  const [cos, sin] = [(x * u + y * v) / spread, (x * v - y * u) / spread];
  const scale = Math.hypot(cos, sin);
  if (Math.abs(Math.atan2(sin, cos)) > MOST_TURNED || scale < LEAST_SCALE || scale > MOST_SCALE) {
    return null;
  }
  const { x: fromX, y: fromY } = one.from;
  return {
    ...{ xx: cos, xy: -sin, x0: one.to.x - cos * fromX + sin * fromY },
    ...{ yx: sin, yy: cos, y0: one.to.y - sin * fromX - cos * fromY },
  };
}

/** By a loop: it is most of the work. */
function countAgreeing(affine: Affine, pairs: readonly PointPair[], near: PixelSize): number {
  let count = 0;
  for (const pair of pairs) {
    if (agreesWith(affine, pair, near)) {
      count += 1;
    }
  }
  return count;
}

function agreesWith({ xx, xy, x0, yx, yy, y0 }: Affine, { from, to }: PointPair, near: PixelSize): boolean {
  const right = (xx * from.x + xy * from.y + x0 - to.x) / near.width;
  const down = (yx * from.x + yy * from.y + y0 - to.y) / near.height;
  return right * right + down * down < 1;
}
