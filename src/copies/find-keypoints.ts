import { type Octave, SCALES } from './scale-space.ts';
import { solveLinear } from './solve-linear.ts';

/** A spot that is found again when the picture is scaled, turned or moved. */
export interface Keypoint {
  readonly octave: Octave;
  /** Pixels of the octave. */
  readonly x: number;
  readonly y: number;
  /** Which of the octave's images it is most itself in; not whole. */
  readonly scale: number;
  /** How much it stands out, 0 to 1. */
  readonly contrast: number;
}

/**
 * Least contrast of a keypoint, of gray values 0 to 1. Lowe takes 0.03; a faded or blurred copy has less, and what noise adds
 * finds no partner.
 */
const LEAST_CONTRAST = 0.008;

/** Ratio of curvatures above which it is an edge and not a spot (Lowe 2004, 4.1). */
const EDGE_RATIO = 10;

/** Pixels of an octave's border where none is looked for. */
const BORDER = 5;

const MOST_STEPS = 5;

/** Finds keypoints (Lowe 2004, sections 3.1 and 4), those that stand out most first, at most so many. */
export function findKeypoints(octaves: readonly Octave[], most: number): Keypoint[] {
  const found = octaves.flatMap(keypointsIn);
  return found.sort((a, b) => b.contrast - a.contrast).slice(0, most);
}

function keypointsIn(octave: Octave): Keypoint[] {
  const found: Keypoint[] = [];
  for (let scale = 1; scale <= SCALES; scale++) {
    for (let y = BORDER; y < octave.height - BORDER; y++) {
      for (const x of extremaOfRow(octave, scale, y)) {
        const keypoint = refined(octave, x, y, scale);
        if (keypoint !== null) {
          found.push(keypoint);
        }
      }
    }
  }
  return found;
}

function extremaOfRow(octave: Octave, scale: number, y: number): number[] {
  const image = octave.differences[scale] as Float32Array;
  const columns: number[] = [];
  for (let x = BORDER; x < octave.width - BORDER; x++) {
    const at = y * octave.width + x;
    const value = image[at] as number;
    if (Math.abs(value) > LEAST_CONTRAST / 2 && isExtremum(octave, scale, at, value)) {
      columns.push(x);
    }
  }
  return columns;
}

/** Whether it is above, or below, all 26 around it. */
function isExtremum({ width, differences }: Octave, scale: number, at: number, value: number): boolean {
  const sign = value > 0 ? 1 : -1;
  for (let level = scale - 1; level <= scale + 1; level++) {
    const image = differences[level] as Float32Array;
    for (let row = at - width; row <= at + width; row += width) {
      for (let i = row - 1; i <= row + 1; i++) {
        if ((level !== scale || i !== at) && sign * (image[i] as number) >= sign * value) {
          return false;
        }
      }
    }
  }
  return true;
}

/** Where a parabola through its neighbors has its top; null when that is elsewhere, flat, or on an edge. */
function refined(octave: Octave, x: number, y: number, scale: number): Keypoint | null {
  const { width, height } = octave;
  let [column, row, level] = [x, y, scale];
  for (let step = 0; step < MOST_STEPS; step++) {
    const { gradient, hessian, value } = derivatives(octave, column, row, level);
    const solved = solveLinear(hessian, gradient);
    if (solved === null) {
      return null;
    }
    const [right, down, up] = [...solved].map((part) => -part) as [number, number, number];
    if (Math.max(Math.abs(right), Math.abs(down), Math.abs(up)) <= 0.5) {
      const [byX, byY, byScale] = gradient as unknown as [number, number, number];
      const contrast = Math.abs(value + 0.5 * (byX * right + byY * down + byScale * up));
      return contrast < LEAST_CONTRAST || isEdge(hessian)
        ? null
        : { octave, x: column + right, y: row + down, scale: level + up, contrast };
    }
    column += Math.round(right);
    row += Math.round(down);
    level += Math.round(up);
    const isInside =
      level >= 1 &&
      level <= SCALES &&
      Math.min(column, row) >= BORDER &&
      column < width - BORDER &&
      row < height - BORDER;
    if (!isInside) {
      return null;
    }
  }
  return null;
}

/** By x, y and scale, from differences of neighbors. */
function derivatives({ width, differences }: Octave, x: number, y: number, scale: number) {
  const at = y * width + x;
  const below = differences[scale - 1] as Float32Array;
  const here = differences[scale] as Float32Array;
  const above = differences[scale + 1] as Float32Array;
  const value = here[at] as number;
  const slope = (image: Float32Array, step: number) =>
    ((image[at + step] as number) - (image[at - step] as number)) / 2;
  const bend = (low: number, high: number) => low + high - 2 * value;
  const xx = bend(here[at - 1] as number, here[at + 1] as number);
  const yy = bend(here[at - width] as number, here[at + width] as number);
  const ss = bend(below[at] as number, above[at] as number);
  const xy =
    ((here[at + width + 1] as number) -
      (here[at + width - 1] as number) -
      (here[at - width + 1] as number) +
      (here[at - width - 1] as number)) /
    4;
  const xs = (slope(above, 1) - slope(below, 1)) / 2;
  const ys = (slope(above, width) - slope(below, width)) / 2;
  return {
    value,
    gradient: Float64Array.of(
      slope(here, 1),
      slope(here, width),
      ((above[at] as number) - (below[at] as number)) / 2,
    ),
    hessian: Float64Array.of(xx, xy, xs, xy, yy, ys, xs, ys, ss),
  };
}

function isEdge(hessian: Float64Array): boolean {
  const [xx, xy, yy] = [hessian[0], hessian[1], hessian[4]] as [number, number, number];
  const determinant = xx * yy - xy * xy;
  return determinant <= 0 || (xx + yy) ** 2 / determinant >= (EDGE_RATIO + 1) ** 2 / EDGE_RATIO;
}
