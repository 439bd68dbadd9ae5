import { type Affine, applyAffine, fitSimilarity, type PointPair } from '../../src/copies/affine.ts';
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
    agreeing = agreeingWith(affine, pairs, near);
  }
  return null;
}

function mostAgreeing(pairs: readonly PointPair[], near: PixelSize): PointPair[] {
  let most: PointPair[] = [];
  for (const [i, one] of pairs.entries()) {
    for (const other of pairs.slice(i + 1)) {
      const affine = isPlausible(one, other) ? fitSimilarity([one, other], false) : null;
      const agreeing = affine === null ? [] : agreeingWith(affine, pairs, near);
      most = agreeing.length > most.length ? agreeing : most;
    }
  }
  return most;
}

function isPlausible(one: PointPair, other: PointPair): boolean {
  const [x, y] = [other.from.x - one.from.x, other.from.y - one.from.y];
  const [u, v] = [other.to.x - one.to.x, other.to.y - one.to.y];
  const [along, aside, spread] = [x * u + y * v, x * v - y * u, x * x + y * y];
  const scale = Math.hypot(along, aside) / spread;
  return Math.abs(Math.atan2(aside, along)) < MOST_TURNED && scale > LEAST_SCALE && scale < MOST_SCALE;
}

function agreeingWith(affine: Affine, pairs: readonly PointPair[], near: PixelSize): PointPair[] {
  return pairs.filter(({ from, to }) => {
    const { x, y } = applyAffine(affine, from);
    return Math.hypot((x - to.x) / near.width, (y - to.y) / near.height) < 1;
  });
}
