import { blurred } from './blur-image.ts';
import { difference, type GrayImage } from './gray-image.ts';
import type { Warped } from './overlay.ts';
import { PairMoments } from './pair-moments.ts';
import type { Box } from './tile-grid.ts';

/** Pixels that a tile is moved at most, in each direction. */
const MOST = 3;

/** Blurs between which the band lies that is compared; pixels. Detail of this size is left in all but the smallest copies. */
const [FINE, COARSE] = [1.5, 4];

/** Deviation of a tile in this band below which it has nothing to be moved by, of gray values 0 to 1. */
const FLAT = 0.01;

/** Where a tile of the laid picture fits better than where it lies. */
export interface ResidualShift {
  /** Pixels, up to {@link MOST} in each direction; parts of a pixel by a parabola. */
  readonly right: number;
  readonly down: number;
  /** There, -1 to 1. */
  readonly correlation: number;
}

/**
 * How far each tile of a laid picture is from where it would fit best. An edited copy has moved as a whole; in another shot
 * of the scene what is near has moved against what is far.
 * @returns by boxes; null for one that is flat, or not wholly covered
 */
export function residualShifts(
  ground: GrayImage,
  { image, mask }: Warped,
  boxes: readonly Box[],
): (ResidualShift | null)[] {
  const { width, height } = ground;
  const [still, moved] = [ground, image].map((picture) =>
    difference(blurred(picture, FINE).data, blurred(picture, COARSE).data),
  ) as [Float32Array, Float32Array];
  return boxes.map((box) => {
    const inner = {
      left: Math.max(MOST, box.left),
      right: Math.min(width - MOST, box.right),
      top: Math.max(MOST, box.top),
      bottom: Math.min(height - MOST, box.bottom),
    };
    return isCovered(mask, width, inner) ? bestShift(still, moved, width, inner) : null;
  });
}

/** Looks at corners: a picture laid over another is convex. */
function isCovered(mask: Uint8Array, width: number, { left, right, top, bottom }: Box): boolean {
  const corners = [
    [left - MOST, top - MOST],
    [right + MOST - 1, top - MOST],
    [left - MOST, bottom + MOST - 1],
    [right + MOST - 1, bottom + MOST - 1],
  ] as const;
  return right > left && bottom > top && corners.every(([x, y]) => mask[y * width + x] === 1);
}

function bestShift(still: Float32Array, moved: Float32Array, width: number, box: Box): ResidualShift | null {
  const side = 2 * MOST + 1;
  const correlations = new Float32Array(side * side);
  let best = 0;
  for (let i = 0; i < correlations.length; i++) {
    const [right, down] = [(i % side) - MOST, Math.floor(i / side) - MOST];
    const correlation = correlate(still, moved, width, box, down * width + right);
    if (correlation === null) {
      return null;
    }
    correlations[i] = correlation;
    best = correlation > (correlations[best] as number) ? i : best;
  }
  const [column, row] = [best % side, Math.floor(best / side)];
  const at = (x: number, y: number) => correlations[y * side + x] as number;
  const top = at(column, row);
  const isInside = (place: number) => place > 0 && place < side - 1;
  return {
    right: column - MOST + (isInside(column) ? peak(at(column - 1, row), top, at(column + 1, row)) : 0),
    down: row - MOST + (isInside(row) ? peak(at(column, row - 1), top, at(column, row + 1)) : 0),
    correlation: top,
  };
}

/** Where a parabola through three values has its top, from the middle one; -0.5 to 0.5. */
function peak(before: number, top: number, after: number): number {
  const bend = before - 2 * top + after;
  return bend === 0 ? 0 : (0.5 * (before - after)) / bend;
}

/** Null where one of them is flat. */
function correlate(
  still: Float32Array,
  moved: Float32Array,
  width: number,
  { left, right, top, bottom }: Box,
  shift: number,
): number | null {
  const moments = new PairMoments();
  for (let y = top; y < bottom; y++) {
    const start = y * width + left;
    moments.addRun(still, start, moved, start + shift, right - left);
  }
  const isFlat = Math.min(moments.deviationA(), moments.deviationB()) < FLAT;
  return isFlat ? null : moments.correlation();
}
