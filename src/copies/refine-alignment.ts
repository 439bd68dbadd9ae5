import type { Affine } from './affine.ts';
import { blurred } from './blur-image.ts';
import type { GrayImage } from './gray-image.ts';
import type { Overlay } from './overlay.ts';
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

function lookAt(still: GrayImage, moved: GrayImage, affine: Affine, isLookedAt: Uint8Array): Looked | null {
  const sums = new Float64Array(VALUES);
  const products = new Float64Array(VALUES * VALUES);
  let count = 0;
  for (let y = 0; y < still.height; y += 2) {
    count += lookAtRow(still, moved, affine, isLookedAt, y, sums, products);
  }
  return count < 4 * PARAMETERS ? null : centered(sums, products, count);
}

/**
 * Adds a row's values, and their products. All but those of the ground (g) and the other (o) are its slopes to the right (r)
 * and down (d), times the column (x), times the row (y), or as they are: within a row y is the same, so that sums of the
 * slopes' products with 1, x and x² are enough. Variables instead of a table of sums make it more than twice as fast.
 * @param sums, products to be added to; of products those of a value with itself and with later ones
 * @returns how many pixels were looked at
 */
function lookAtRow(
  still: GrayImage,
  moved: GrayImage,
  { xx, xy, x0, yx, yy, y0 }: Affine,
  isLookedAt: Uint8Array,
  y: number,
  sums: Float64Array,
  products: Float64Array,
): number {
  let count = 0;
  let g = 0;
  let o = 0;
  let gg = 0;
  let go = 0;
  let oo = 0;
  let r = 0;
  let rx = 0;
  let d = 0;
  let dx = 0;
  let gr = 0;
  let grx = 0;
  let gd = 0;
  let gdx = 0;
  let or = 0;
  let orx = 0;
  let od = 0;
  let odx = 0;
  let rr = 0;
  let rrx = 0;
  let rrxx = 0;
  let rd = 0;
  let rdx = 0;
  let rdxx = 0;
  let dd = 0;
  let ddx = 0;
  let ddxx = 0;
  const { width, height, data } = moved;
  for (let x = 0; x < still.width; x += 2) {
    const u = xx * x + xy * y + x0;
    const v = yx * x + yy * y + y0;
    const at = y * still.width + x;
    if (u < 1 || v < 1 || u >= width - 2 || v >= height - 2 || isLookedAt[at] === 0) {
      continue;
    }
    const left = Math.floor(u);
    const top = Math.floor(v);
    const start = top * width + left;
    const byU = u - left;
    const byV = v - top;
    const ground = still.data[at] as number;
    const other = between(data, start, width, byU, byV);
    const right = (between(data, start + 1, width, byU, byV) - between(data, start - 1, width, byU, byV)) / 2;
    const down =
      (between(data, start + width, width, byU, byV) - between(data, start - width, width, byU, byV)) / 2;
    count++;
    g += ground;
    o += other;
    gg += ground * ground;
    go += ground * other;
    oo += other * other;
    r += right;
    rx += right * x;
    d += down;
    dx += down * x;
    gr += ground * right;
    grx += ground * right * x;
    gd += ground * down;
    gdx += ground * down * x;
    or += other * right;
    orx += other * right * x;
    od += other * down;
    odx += other * down * x;
    rr += right * right;
    rrx += right * right * x;
    rrxx += right * right * x * x;
    rd += right * down;
    rdx += right * down * x;
    rdxx += right * down * x * x;
    dd += down * down;
    ddx += down * down * x;
    ddxx += down * down * x * x;
  }
  // In the order of the values: g, o, rx, dx, ry, dy, r, d.
  addTo(sums, 0, [g, o, rx, dx, r * y, d * y, r, d]);
  addTo(products, 0, [gg, go, grx, gdx, gr * y, gd * y, gr, gd]);
  addTo(products, 1, [oo, orx, odx, or * y, od * y, or, od]);
  addTo(products, 2, [rrxx, rdxx, rrx * y, rdx * y, rrx, rdx]);
  addTo(products, 3, [ddxx, rdx * y, ddx * y, rdx, ddx]);
  addTo(products, 4, [rr * y * y, rd * y * y, rr * y, rd * y]);
  addTo(products, 5, [dd * y * y, rd * y, dd * y]);
  addTo(products, 6, [rr, rd]);
  addTo(products, 7, [dd]);
  return count;
}

/** Bilinear, of four pixels that are there. */
function between(data: Float32Array, start: number, width: number, right: number, down: number): number {
  const above = (data[start] as number) * (1 - right) + (data[start + 1] as number) * right;
  const below = (data[start + width] as number) * (1 - right) + (data[start + width + 1] as number) * right;
  return above * (1 - down) + below * down;
}

/** Of a row of the table of products, from its diagonal on. */
function addTo(table: Float64Array, row: number, values: readonly number[]): void {
  const start = row * VALUES + row;
  for (let i = 0; i < values.length; i++) {
    table[start + i] = (table[start + i] as number) + (values[i] as number);
  }
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
