import { SAME_SCALE, WHOLE } from './describe-edit.ts';
import type { PixelSize } from './fraction-map.ts';
import type { EditedSide } from './tell-edit.ts';

/** Where the larger of two is looked at, at most: beyond that it says no more. */
const MOST_GROWTH = 2;

/** Pixels of the longer side at which the larger is looked at, at most. */
const MOST_SIDE = 4_000;

/** A smaller growth leaves nothing between the two that could be looked at. */
const LEAST_GROWTH = 1.1;

/**
 * How much of the larger picture the smaller may leave unexplained, see unexplainedDetail, for the larger to have been
 * enlarged for sure, and perhaps. Of photos enlarged in nine ways and saved as JPEG of quality 60 to 92, 0.06 to 0.49 were
 * left at 1.5 times and more, and 0.13 to 0.8 at 1.25; of photos made smaller in four ways 0.56 to 3, and 0.39 to 1.
 */
const ENLARGED = 0.35;
const PERHAPS_ENLARGED = 0.6;

/** At which sizes two pictures are looked at to tell whether the larger was enlarged; longer sides, pixels. */
export interface EnlargementSides {
  readonly large: number;
  readonly small: number;
}

/** Null for two that are not of one whole and of two sizes; then it is not asked. */
export function enlargementSides(
  large: EditedSide & PixelSize,
  small: EditedSide & PixelSize,
): EnlargementSides | null {
  const [longer, side] = [longerSide(large), longerSide(small)];
  const areOneWhole = large.share >= WHOLE && small.share >= WHOLE;
  const haveOneShape = Math.abs(large.width / small.width / (large.height / small.height) - 1) <= SAME_SCALE;
  const most = Math.min(longer, MOST_GROWTH * side, MOST_SIDE);
  return areOneWhole && haveOneShape && most >= LEAST_GROWTH * side ? { large: most, small: side } : null;
}

/** @param unexplained see unexplainedDetail; null where nobody could tell */
export function withEnlargement(large: EditedSide, unexplained: number | null): EditedSide {
  return unexplained === null
    ? large
    : {
        ...large,
        isFaded: large.isFaded || unexplained < ENLARGED,
        mayBeFaded: large.mayBeFaded || unexplained < PERHAPS_ENLARGED,
      };
}

function longerSide({ width, height }: PixelSize): number {
  return Math.max(width, height);
}
