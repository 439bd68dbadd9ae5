import type { PairEvidence } from './compare-views.ts';
import { GRAY, SAME_SCALE, WHOLE } from './describe-edit.ts';
import { describeMap } from './describe-map.ts';
import type { FractionMap, PixelSize } from './fraction-map.ts';
import { whoHasDetail } from './judge-pair.ts';
import { VIEW_SIDE } from './picture-view.ts';

/** What laying two pictures over each other told of one of them, against the other. */
export interface EditedSide {
  /** Share of it that is in the other, 0 to 1. */
  readonly share: number;
  /** Whether that is all of it. */
  readonly isAllInOther: boolean;
  /** Whether all of the other is in it, and more. */
  readonly showsMore: boolean;
  /** Whether it has no fewer pixels than the other for what both show. */
  readonly isAsFine: boolean;
  /** Whether it has no color, and the other has. */
  readonly isGray: boolean;
  /** Whether it was blurred, or enlarged from a smaller picture: the other has detail that it lacks. */
  readonly isFaded: boolean;
  /** Whether it may have been: thumbnails are sharpened too. */
  readonly mayBeFaded: boolean;
  /** Whether it was sharpened, or the other blurred, by what their finest detail tells; told of wholes that were looked at more closely. */
  readonly isSharper: boolean;
  /**
   * Whether saving the other once more cannot have made it, since more than rounding is between them: one of the two was edited.
   * Told of JPEG files of the other's size that were looked at more closely.
   */
  readonly isEdited: boolean;
  /** Whether it may well have been saved from the other. Likewise. */
  readonly isSaved: boolean;
  /** Whether the other was saved from it, being nearer to it than rounding would bring it to the other. Likewise. */
  readonly isSource: boolean;
}

/** What laying two pictures over each other told of both. */
export interface ToldEdit {
  readonly a: EditedSide;
  readonly b: EditedSide;
  /** Whether one was mirrored, turned or recolored, so that nobody can tell which was first. */
  readonly isAltered: boolean;
}

/**
 * How much stronger the other's finest detail is than that of what is faded, and of what may be. Of photos enlarged to 1,000
 * pixels from 90 to 160 it was 1.5 to 5 times; that of small sharpened copies 1.4 times that of their originals at most.
 */
const FADED = 2.5;
const PERHAPS_FADED = 1.5;

/** Tiles that a band needs to be compared by. */
const LEAST_TILES = 6;

/**
 * Tells of each of two pictures, of which one was made from the other, what speaks for its being the edited one, and whether one
 * was mirrored, turned or recolored, so that nobody can tell which was first.
 */
export function tellEdit(evidence: PairEvidence, map: FractionMap, a: PixelSize, b: PixelSize): ToldEdit {
  const { overlap, chroma, bands } = evidence;
  const { scale, isMirrored, turnedDegrees } = describeMap(map, a, b);
  const { x, y } = scale;
  const growth = Math.sqrt(x * y);
  const owner = whoHasDetail(bands);
  const lead = finestLead(evidence);
  const side = (own: 'a' | 'b', other: 'a' | 'b', size: PixelSize, growth: number): EditedSide => ({
    ...{ share: overlap[own], isAllInOther: overlap[own] >= WHOLE },
    showsMore: overlap[own] < WHOLE && overlap[other] >= WHOLE,
    isAsFine: growth <= 1 + SAME_SCALE,
    isGray: chroma[own] < GRAY && chroma[other] > Math.max(PALE, TIMES_GRAY * chroma[own]),
    ...fading(size, owner === other, own === 'b' ? lead : 1 / lead),
    ...{ isSharper: false, isEdited: false, isSaved: false, isSource: false },
  });
  const isTurned = isMirrored || Math.abs(turnedDegrees) > UPRIGHT_DEGREES;
  return {
    a: side('a', 'b', a, growth),
    b: side('b', 'a', b, 1 / growth),
    isAltered: isTurned || isRecolored(evidence),
  };
}

/**
 * Mean distance of color from gray that the other has at least beside what has none, and how many times as much: old photos are
 * pale, and what is gray stays next to gray however it is saved.
 */
const PALE = 0.01;
const TIMES_GRAY = 3;

/** What saving a photo anew turns it by, at most, in degrees. */
const UPRIGHT_DEGREES = 2;

/** How much more colorful one picture is than the other that was recolored; what is gray is told apart. */
const RECOLORED = 1.2;

/** Where one shows what the other does not, that may have colors of its own. */
function isRecolored({ chroma: { a, b }, overlap }: PairEvidence): boolean {
  const areWhole = Math.min(overlap.a, overlap.b) >= WHOLE;
  return areWhole && Math.min(a, b) >= GRAY && Math.max(a, b) > RECOLORED * Math.min(a, b);
}

/** How much stronger the first picture's finest detail is than the second's, for what both have in coarser detail. */
function finestLead({ bands }: PairEvidence): number {
  const [finest, , coarse] = bands;
  const isKnown = finest !== undefined && coarse !== undefined && finest.tiles >= LEAST_TILES;
  return isKnown ? finest.ratio / coarse.ratio : 1;
}

/** What has so few pixels has no detail anyway, and was not enlarged. @param lead the other's */
function fading(
  { width, height }: PixelSize,
  lacksDetail: boolean,
  lead: number,
): Pick<EditedSide, 'isFaded' | 'mayBeFaded'> {
  const isLarge = Math.max(width, height) >= VIEW_SIDE;
  return {
    isFaded: isLarge && (lacksDetail || lead > FADED),
    mayBeFaded: isLarge && (lacksDetail || lead > PERHAPS_FADED),
  };
}
