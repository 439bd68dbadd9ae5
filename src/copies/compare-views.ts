import { type Affine, determinant, inverted } from './affine.ts';
import { correlationUnder } from './correlation-under.ts';
import { fitMatches } from './fit-matches.ts';
import { type FractionMap, inFractions } from './fraction-map.ts';
import { frameHypotheses } from './frame-hypotheses.ts';
import {
  align,
  type BandSummary,
  beginOverlay,
  isAgreeing,
  isContrary,
  isHidden,
  isTelling,
  type LaidOver,
  layOver,
  median,
  summarizeBands,
} from './lay-over.ts';
import { matchKeypoints } from './match-keypoints.ts';
import type { PictureView } from './picture-view.ts';
import { residualShifts } from './residual-shifts.ts';

/** What looking at two pictures told. */
export interface PairEvidence {
  /** Keypoints of each: with next to none in either there is nothing to compare. */
  readonly keypoints: { readonly a: number; readonly b: number };
  /** Keypoints that look alike in both, and those of them that agree on one map. */
  readonly matches: number;
  readonly inliers: number;
  /** From the first picture to the second, where one was found that could be followed. */
  readonly map: FractionMap | null;
  /** Share of each picture where the other is, 0 to 1. */
  readonly overlap: { readonly a: number; readonly b: number };
  /** Tiles of the overlap with detail in both, and those of them that agree. */
  readonly tellingTiles: number;
  readonly agreeingTiles: number;
  /** Tiles of the overlap where one shows something and the other is flat. */
  readonly hiddenTiles: number;
  /** Tiles of the overlap where both show something, and not the same. */
  readonly contraryTiles: number;
  /** Detail of one pixel of the view, two, four, its ratio that of the first picture to the second; empty where nothing was laid over. */
  readonly bands: readonly BandSummary[];
  /** Median distance of a tile from where it would fit best, pixels of the view; null where too few could tell. */
  readonly shift: number | null;
  /** Mean distance of color from gray of each, 0 to 1. */
  readonly chroma: { readonly a: number; readonly b: number };
}

/**
 * With so many inliers, and so many of the matches, nobody need look into the mirror, nor at whole frames. Things that look
 * alike from both sides have matches in the mirror too, but few that agree.
 */
const SURE = 20;
const SURE_SHARE = 0.5;

/** Fewer inliers agree by chance. */
const LEAST_INLIERS = 5;

/** So many do not: the pictures are laid over each other in any case. */
const MANY_INLIERS = 12;

/** With fewer, as many tiles must agree well enough to align by. */
const LEAST_LEADING = 4;

/** Tiles that must tell how far they are off. */
const LEAST_SHIFTS = 4;

/** Compares two pictures: finds how one lies in the other, and whether they show the same there. */
export function compareViews(a: PictureView, b: PictureView): PairEvidence {
  const fit = bestFit(a, b);
  const isSure = fit !== null && isSureFit(fit);
  const frame = isSure ? null : bestFrame(a, b);
  const laid = [fit && layByFit(a, b, fit), frame && layOver(a.image, b.image, frame)]
    .filter((one) => one !== null)
    .sort((x, y) => y.tiles.filter(isAgreeing).length - x.tiles.filter(isAgreeing).length)[0];
  return describe(a, b, fit, laid);
}

interface Fit {
  readonly matches: number;
  readonly inliers: number;
  readonly affine: Affine;
}

/** As it is, or where that does not fit for sure, in the mirror. */
function bestFit(a: PictureView, b: PictureView): Fit | null {
  const plain = fitIn(a, b, false);
  if (plain !== null && isSureFit(plain)) {
    return plain;
  }
  const mirrored = fitIn(a, b, true);
  return (mirrored?.inliers ?? 0) > (plain?.inliers ?? 0) ? mirrored : plain;
}

function fitIn(a: PictureView, b: PictureView, isMirrored: boolean): Fit | null {
  const matches = matchKeypoints(a.features, b.features, isMirrored);
  const fit = fitMatches(a.features, b.features, matches, isMirrored);
  return fit && { matches: matches.length, inliers: fit.inliers.length, affine: fit.affine };
}

/** Few keypoints agree by chance as well, and then the pictures do not. */
function layByFit(a: PictureView, b: PictureView, { inliers, affine }: Fit): LaidOver | null {
  if (inliers < LEAST_INLIERS) {
    return null;
  }
  const begun = beginOverlay(a.image, b.image, affine);
  const isWorthIt = inliers >= MANY_INLIERS || begun.leading.filter(Boolean).length >= LEAST_LEADING;
  return isWorthIt ? align(begun) : null;
}

function isSureFit({ inliers, matches }: Fit): boolean {
  return inliers >= SURE && inliers >= SURE_SHARE * matches;
}

/** Correlation from which a whole frame is worth laying over. */
const FRAME_CORRELATES = 0.6;

function bestFrame(a: PictureView, b: PictureView): Affine | null {
  const rough = frameHypotheses(a.rough, b.rough).map((map) => correlationUnder(map, a.rough, b.rough));
  const best = rough.indexOf(Math.max(...rough));
  return (rough[best] as number) >= FRAME_CORRELATES
    ? (frameHypotheses(a.image, b.image)[best] as Affine)
    : null;
}

function describe(a: PictureView, b: PictureView, fit: Fit | null, laid: LaidOver | undefined): PairEvidence {
  const counted = {
    ...{ matches: fit?.matches ?? 0, inliers: fit?.inliers ?? 0 },
    keypoints: { a: a.features.count, b: b.features.count },
    chroma: { a: a.chroma, b: b.chroma },
  };
  if (laid === undefined) {
    const nothing = {
      overlap: { a: 0, b: 0 },
      tellingTiles: 0,
      agreeingTiles: 0,
      hiddenTiles: 0,
      contraryTiles: 0,
    };
    return { ...counted, ...nothing, map: null, bands: [], shift: null };
  }
  const { overlay, warped, grid, tiles } = laid;
  const affine = overlay.isGroundSecond ? inverted(overlay.affine) : overlay.affine;
  const onGround = warped.mask.reduce((sum, covered) => sum + covered, 0);
  const growth = Math.abs(determinant(overlay.affine));
  const ofGround = onGround / warped.mask.length;
  const ofLaid = Math.min(1, (onGround * growth) / (overlay.laid.width * overlay.laid.height));
  const shifts = residualShifts(
    overlay.ground,
    warped,
    grid.boxes.filter((_, i) => isTelling(tiles[i] as LaidOver['tiles'][number])),
  ).flatMap((shift) => (shift === null ? [] : [Math.hypot(shift.right, shift.down)]));
  return {
    ...counted,
    map: inFractions(affine, a.image, b.image),
    overlap: overlay.isGroundSecond ? { a: ofLaid, b: ofGround } : { a: ofGround, b: ofLaid },
    tellingTiles: tiles.filter(isTelling).length,
    agreeingTiles: tiles.filter(isAgreeing).length,
    hiddenTiles: tiles.filter(isHidden).length,
    contraryTiles: tiles.filter(isContrary).length,
    bands: summarizeBands(tiles).map((band) => ({
      ...band,
      ratio: overlay.isGroundSecond ? 1 / band.ratio : band.ratio,
    })),
    shift: shifts.length < LEAST_SHIFTS ? null : median(shifts),
  };
}
