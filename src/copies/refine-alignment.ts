import type { Affine } from './affine.ts';
import { blurred } from './blur-image.ts';
import type { GrayImage } from './gray-image.ts';
import { type Overlay, sampled } from './overlay.ts';
import { solveLinear } from './solve-linear.ts';

const PARAMETERS = 6;

/** Pixels of the ground beyond which a step is not worth another. */
const SETTLED = 0.01;

/**
 * Moves an overlay to where the correlation of both is best (G. Evangelidis, E. Psarakis, Parametric Image Alignment Using
 * Enhanced Correlation Coefficient Maximization, 2008), which neither brightness nor contrast change. Looks at every second
 * pixel of every second row.
 * @param still the ground, blurred
 * @param sigma its blur, pixels: how far it may be off at first, about
 * @param isLookedAt 1 for the pixels of the ground that count
 * @returns from the ground's pixels to the other's; the given one where nothing better was found
 */
export function refineAlignment(
  { laid, affine }: Overlay,
  still: GrayImage,
  sigma: number,
  isLookedAt: Uint8Array,
  steps: number,
): Affine {
  const moved = blurred(laid, sigma * Math.sqrt(Math.abs(affine.xx * affine.yy - affine.xy * affine.yx)));
  let [best, bestCorrelation] = [affine, -1];
  let current = affine;
  for (let step = 0; step <= steps; step++) {
    const looked = lookAt(still, moved, current, isLookedAt);
    if (looked === null || looked.correlation <= bestCorrelation) {
      break;
    }
    [best, bestCorrelation] = [current, looked.correlation];
    const change = changeFor(looked);
    if (change === null) {
      break;
    }
    const [xx, yx, xy, yy, x0, y0] = change as unknown as [number, number, number, number, number, number];
    current = {
      ...{ xx: current.xx + xx, xy: current.xy + xy, x0: current.x0 + x0 },
      ...{ yx: current.yx + yx, yy: current.yy + yy, y0: current.y0 + y0 },
    };
    if (Math.max(Math.abs(x0), Math.abs(y0)) < SETTLED) {
      break;
    }
  }
  return best;
}

/** Sums over the pixels that were looked at, all values less their means. */
interface Looked {
  readonly correlation: number;
  /** Jacobian transposed by itself, 6 x 6. */
  readonly hessian: Float64Array;
  /** Jacobian transposed by the ground, and by the other. */
  readonly onGround: Float64Array;
  readonly onOther: Float64Array;
  /** Squared norm of the other, and product of both. */
  readonly otherNorm: number;
  readonly product: number;
}

/** Values of one pixel: ground, other, and how the other changes with each parameter. */
const VALUES = 2 + PARAMETERS;

function lookAt(
  still: GrayImage,
  moved: GrayImage,
  { xx, xy, x0, yx, yy, y0 }: Affine,
  isLookedAt: Uint8Array,
): Looked | null {
  const sums = new Float64Array(VALUES);
  const products = new Float64Array(VALUES * VALUES);
  const values = new Float64Array(VALUES);
  let count = 0;
  for (let y = 0; y < still.height; y += 2) {
    for (let x = 0; x < still.width; x += 2) {
      const u = xx * x + xy * y + x0;
      const v = yx * x + yy * y + y0;
      if (
        u < 1 ||
        v < 1 ||
        u >= moved.width - 2 ||
        v >= moved.height - 2 ||
        isLookedAt[y * still.width + x] === 0
      ) {
        continue;
      }
      const right = (sampled(moved, u + 1, v) - sampled(moved, u - 1, v)) / 2;
      const down = (sampled(moved, u, v + 1) - sampled(moved, u, v - 1)) / 2;
      values[0] = still.data[y * still.width + x] as number;
      values[1] = sampled(moved, u, v);
      values[2] = right * x;
      values[3] = down * x;
      values[4] = right * y;
      values[5] = down * y;
      values[6] = right;
      values[7] = down;
      count++;
      for (let i = 0; i < VALUES; i++) {
        const value = values[i] as number;
        sums[i] = (sums[i] as number) + value;
        for (let j = i; j < VALUES; j++) {
          products[i * VALUES + j] = (products[i * VALUES + j] as number) + value * (values[j] as number);
        }
      }
    }
  }
  return count < 4 * PARAMETERS ? null : centered(sums, products, count);
}

function centered(sums: Float64Array, products: Float64Array, count: number): Looked | null {
  const at = (i: number, j: number) =>
    (products[Math.min(i, j) * VALUES + Math.max(i, j)] as number) -
    ((sums[i] as number) * (sums[j] as number)) / count;
  const product = at(0, 1);
  const otherNorm = at(1, 1);
  const norms = Math.sqrt(at(0, 0) * otherNorm);
  if (!(norms > 0)) {
    return null;
  }
  const parameters = Array.from({ length: PARAMETERS }, (_, i) => i + 2);
  return {
    ...{ correlation: product / norms, product, otherNorm },
    hessian: Float64Array.from(parameters.flatMap((i) => parameters.map((j) => at(i, j)))),
    onGround: Float64Array.from(parameters, (i) => at(0, i)),
    onOther: Float64Array.from(parameters, (i) => at(1, i)),
  };
}

/** Section 3 of the paper: the change that most increases the correlation, to first order. */
function changeFor({ hessian, onGround, onOther, otherNorm, product }: Looked): Float64Array | null {
  const ofGround = solveLinear(hessian, onGround);
  const ofOther = solveLinear(hessian, onOther);
  if (ofGround === null || ofOther === null) {
    return null;
  }
  const dot = (a: Float64Array, b: Float64Array) =>
    a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
  const below = product - dot(onGround, ofOther);
  if (below <= 0) {
    return null;
  }
  const lambda = (otherNorm - dot(onOther, ofOther)) / below;
  return ofGround.map((value, i) => lambda * value - (ofOther[i] as number));
}
