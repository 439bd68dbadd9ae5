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
 * enlarged for sure, and perhaps. Of 20 photos that were made smaller in five ways no less was left than 0.39 (by 1.25), 0.43
 * (1.5), 0.55 (2) and 0.66 (3 times). Of the same enlarged by four kernels and saved as JPEG 80 to 92 at most 0.64, 0.59, 0.48
 * and 0.40 was. Nearest neighbors, strong sharpening and JPEG 60 leave more, up to 1.11, 0.83, 0.69 and 0.82: some of those
 * pass for photos.
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
