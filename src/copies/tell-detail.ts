import type { PictureRegion } from '../domain/picture.ts';
import { type DetailBeside, LEAST_GROWTH } from './compare-detail.ts';
import { SAME_SCALE, WHOLE } from './describe-edit.ts';
import type { PixelSize } from './fraction-map.ts';
import { type BeyondSaving, BLOCK } from './saved-excess.ts';
import type { EditedSide } from './tell-edit.ts';

/** Where the larger of two is looked at, at most: beyond that it says no more. */
const MOST_GROWTH = 2;

/** Pixels of the longer side at which the larger is looked at, at most. */
const MOST_SIDE = 4_000;

/**
 * How much of the larger picture the smaller may leave unexplained, see unexplainedDetail, for the larger to have been
 * enlarged for sure, and perhaps. Of 20 photos that were made smaller in five ways no less was left than 0.39 (by 1.25), 0.43
 * (1.5), 0.55 (2) and 0.66 (3 times). Of the same enlarged by four kernels and saved as JPEG 80 to 92 at most 0.64, 0.59, 0.48
 * and 0.40 was. Of 14 others up to 0.59, 0.49, 0.40 and 0.29 was left as JPEG 60, and up to 1.27, 1.05, 0.71 and 0.37 where
 * they were sharpened strongly, which SHARPER tells.
 */
const ENLARGED = 0.35;
const PERHAPS_ENLARGED = 0.6;

/**
 * Likewise of what has grown by less than so many times. Of 160 photos beside copies of 80 % 0.31 was left at least; JPEG 60
 * left more than 0.6 of 3 of 16 that were enlarged.
 */
const LITTLE = 1.35;
const ENLARGED_A_LITTLE = 0.25;
const PERHAPS_ENLARGED_A_LITTLE = 0.75;

/**
 * Share of lines, see repeatedLines, from which pixels were repeated in the larger picture perhaps. Of 30 photos none had any, and
 * of those saved as JPEG 40, or enlarged smoothly, 0.05 at most; of those enlarged so to 1.25, 1.5 and 2 times 0.14 at
 * least, of 12 drawn pictures to 1.25 times 0.11.
 */
const REPEATED = 0.07;

/**
 * How much stronger one picture's fine detail is than the other's, see detailLead, for it to have been sharpened, or the other
 * blurred. Of 24 photos and copies that were made smaller by seven kernels and saved as JPEG 20 or better, WebP, AVIF or GIF it was
 * 1.11 at most; of the same photos enlarged to 1.25, 1.5 and 2 times and sharpened 1.15 at least, of those sharpened or blurred in
 * their size 1.21. What was made smaller and then sharpened has down to 0.83.
 */
const SHARPER = 1.15;

/**
 * Excess of a JPEG file, see savedExcess, from which it was not made by saving the other. Of 14 photos that were saved as JPEG 95 to
 * 20 it was 1.7 at most, by a program that chooses what packs best 4.3 (8.5 as JPEG 20), saved as JPEG 60 and then 85 5.1; of
 * those with a date, caption, spot or faint word 6.3 at least in nine of ten, brighter, sharpened or blurred 14 at least.
 */
const EDITED = 4;

/**
 * Share of coefficients beyond rounding, likewise. Of 16 photos, saved as JPEG 95 to 20, it was 0.014 at most, by the program
 * that chooses 0.023; of those beside what was saved as JPEG 40 or 20 and then 92 0.05 at least, and beside JPEG 60 and
 * then 92 in two of five.
 */
const SAVED_ONCE = 0.03;

/** Up to which it may well have been saved from the other. Some noise lies as far off as rounding and no more beyond it. */
const SAVED_SURELY = 0.01;

/**
 * Spread of coefficients, likewise: what rounding gives, and what is the same but for rounding colors. Of 30 photos, saved as
 * JPEG 95 to 20 by two programs, 0.25 to 0.36 in nine of ten, saved twice 0.29 to 0.40, saved once more by the same steps
 * 0.02 at most; of the photos beside what was saved from them as JPEG 95 0.05 to 0.17, as JPEG 85 0.10 to 0.50 and as JPEG 60 or
 * worse, also as PNG or once more as JPEG 92, 0.40 at least.
 */
const ROUNDED = { least: 0.22, most: 0.4 };
const SAME = 0.04;

/** Of two that are about as large more is not looked at than a part in the middle of so many pixels in each direction. */
const MOST_OF_EQUALS = 1_600;

/** At which sizes the detail of two pictures is looked at; longer sides of the whole pictures, pixels. */
export interface DetailSides {
  readonly large: number;
  readonly small: number;
  /** Whether neither is much larger. */
  readonly areAlike: boolean;
  /** The part of both that is looked at; undefined for all. */
  readonly region: PictureRegion | undefined;
}

/**
 * Null for two that are not of one whole, and where the smaller of two sizes has too many pixels; then it is not asked.
 * @param large has no fewer pixels
 */
export function detailSides(
  large: EditedSide & PixelSize,
  small: EditedSide & PixelSize,
): DetailSides | null {
  const [longer, side] = [longerSide(large), longerSide(small)];
  const areOneWhole = large.share >= WHOLE && small.share >= WHOLE;
  const haveOneShape = Math.abs(large.width / small.width / (large.height / small.height) - 1) <= SAME_SCALE;
  if (!areOneWhole || !haveOneShape) {
    return null;
  }
  if (longer < LEAST_GROWTH * side) {
    return { large: longer, small: side, areAlike: true, region: middleOf(small) };
  }
  const most = Math.min(longer, MOST_GROWTH * side, MOST_SIDE);
  return most >= LEAST_GROWTH * side
    ? { large: most, small: side, areAlike: false, region: undefined }
    : null;
}

/** Of whole blocks of a JPEG file, and all of a picture that is not larger. */
function middleOf({ width, height }: PixelSize): PictureRegion | undefined {
  if (Math.max(width, height) <= MOST_OF_EQUALS) {
    return undefined;
  }
  const [x, across] = middleAlong(width);
  const [y, down] = middleAlong(height);
  return { x, y, width: across, height: down };
}

/** Fractions of a side: where its middle begins, and how much that is. */
function middleAlong(pixels: number): [start: number, length: number] {
  const length = Math.min(pixels, MOST_OF_EQUALS);
  const start = BLOCK * Math.floor((pixels - length) / 2 / BLOCK);
  // A quarter of a pixel more, so that no rounding comes to the one before.
  return [Math.min(start + 0.25, pixels - length) / pixels, length / pixels];
}

/** What the detail of two pictures tells of both; where nobody could tell, nothing. */
export function withDetail(
  [large, small]: readonly [EditedSide, EditedSide],
  detail: DetailBeside,
): [EditedSide, EditedSide] {
  const { lead, excess } = detail;
  return [
    {
      ...withEnlargement(large, detail),
      isSharper: lead !== null && lead > SHARPER,
      ...savedFrom(excess.large),
    },
    { ...small, isSharper: lead !== null && lead < 1 / SHARPER, ...savedFrom(excess.small) },
  ];
}

function savedFrom(beyond: BeyondSaving | null): Pick<EditedSide, 'isEdited' | 'isSaved' | 'isSource'> {
  if (beyond === null) {
    return { isEdited: false, isSaved: false, isSource: false };
  }
  const { excess, share, spread } = beyond;
  const isBeyond = excess > EDITED || share > SAVED_ONCE;
  const isRounded = spread !== null && spread >= ROUNDED.least && spread <= ROUNDED.most;
  const isOther = spread !== null && spread > SAME && !isRounded;
  return {
    isEdited: isBeyond || isOther,
    isSaved: !isBeyond && isRounded && share <= SAVED_SURELY,
    isSource: !isBeyond && isOther && spread < ROUNDED.least,
  };
}

function withEnlargement(large: EditedSide, { growth, unexplained, repeated }: DetailBeside): EditedSide {
  const areRepeated = repeated !== null && repeated > REPEATED;
  const isExplained = (most: number) => unexplained !== null && unexplained < most;
  const [surely, perhaps] =
    growth < LITTLE ? [ENLARGED_A_LITTLE, PERHAPS_ENLARGED_A_LITTLE] : [ENLARGED, PERHAPS_ENLARGED];
  return {
    ...large,
    isFaded: large.isFaded || isExplained(surely),
    mayBeFaded: large.mayBeFaded || isExplained(perhaps) || areRepeated,
  };
}

function longerSide({ width, height }: PixelSize): number {
  return Math.max(width, height);
}
