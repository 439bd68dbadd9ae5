import { blurred } from './blur-image.ts';
import { detailedPatches, PATCH, type Patch, RIM } from './detailed-patches.ts';
import { difference, dot, type GrayImage } from './gray-image.ts';
import { solveLinear } from './solve-linear.ts';

/** Programs differ in where they think that the first pixel is: half a pixel of the smaller picture at most. */
const SHIFTS = Array.from({ length: 17 }, (_, i) => (i - 8) / 16);

/** How far around a shift a better one is looked for, twice. */
const CLOSER = [1 / 32, 1 / 64];

/** What a program that enlarges weighs pixels by: how far off they count, pixels, and how much by their distance. */
interface Kernel {
  readonly radius: number;
  weight(distance: number): number;
}

/** D. Mitchell and A. Netravali, Reconstruction Filters in Computer Graphics, 1988, equation 8. */
function bicubic(b: number, c: number): Kernel {
  return {
    radius: 2,
    weight(x) {
      if (x < 1) {
        return ((12 - 9 * b - 6 * c) * x ** 3 + (-18 + 12 * b + 6 * c) * x ** 2 + 6 - 2 * b) / 6;
      }
      return x < 2
        ? ((-b - 6 * c) * x ** 3 + (6 * b + 30 * c) * x ** 2 + (-12 * b - 48 * c) * x + 8 * b + 24 * c) / 6
        : 0;
    },
  };
}

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

const CATMULL_ROM = bicubic(0, 1 / 2);

/** Those of programs at hand. */
const KERNELS: readonly Kernel[] = [
  CATMULL_ROM,
  bicubic(1 / 3, 1 / 3),
  { radius: 1, weight: (x) => Math.max(0, 1 - x) },
  { radius: 1, weight: (x) => (x <= 0.5 ? 1 : 0) },
  { radius: 3, weight: (x) => (x < 3 ? sinc(x) * sinc(x / 3) : 0) },
];

/**
 * How much of a larger picture the smaller one does not explain: what is left of it when the smaller one, enlarged and then
 * sharpened as programs do it, is taken away, beside the finest detail of the smaller one. An enlarged picture leaves next to
 * nothing; one from which the smaller was made has detail of its own.
 * @param large upright, one to two times as large as the small one, of the same whole
 * @returns 0 or above; null where there is too little detail to tell
 */
export function unexplainedDetail(large: GrayImage, small: GrayImage): number | null {
  const patches = detailedPatches(small);
  if (patches.length === 0) {
    return null;
  }
  const detail = Math.sqrt(patches.reduce((sum, patch) => sum + patch.detail, 0) / patches.length);
  const enlarged = (kernel: Kernel, shift: number) =>
    patches.map((patch) => enlargedPatch(large, small, patch, kernel, shift));
  // Where programs differ in the first pixel, they do so whatever their kernel.
  const left = (at: number) => variance(enlarged(CATMULL_ROM, at).map(leftOf));
  const shift = CLOSER.reduce(
    (best, step) => leastOf([best, best - step, best + step], left),
    leastOf(SHIFTS, left),
  );
  return Math.sqrt(Math.min(...KERNELS.map((kernel) => leftOfSharpened(enlarged(kernel, shift))))) / detail;
}

function leastOf(values: readonly number[], measure: (value: number) => number): number {
  const measured = values.map((value) => ({ value, measure: measure(value) }));
  return measured.reduce((best, one) => (one.measure < best.measure ? one : best)).value;
}

/** A patch of the smaller picture as large as in the larger one, and that one there. */
interface EnlargedPatch {
  readonly enlarged: GrayImage;
  readonly shown: Float32Array;
}

function enlargedPatch(
  large: GrayImage,
  small: GrayImage,
  { left, top }: Patch,
  kernel: Kernel,
  shift: number,
): EnlargedPatch {
  const columns = tapsOf(left, small.width, large.width, kernel, shift);
  const rows = tapsOf(top, small.height, large.height, kernel, shift);
  const across = enlargedAcross(small, top, columns);
  const [width, height] = [columns.count, rows.count];
  const data = new Float32Array(width * height);
  const shown = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const start = (rows.from + y) * large.width + columns.from;
    shown.set(large.data.subarray(start, start + width), y * width);
    for (let x = 0; x < width; x++) {
      let value = 0;
      for (let i = 0; i < rows.size; i++) {
        const row = (rows.first[y] as number) + i - (top - RIM);
        value += (rows.weights[y * rows.size + i] as number) * (across[row * width + x] as number);
      }
      data[y * width + x] = value;
    }
  }
  return { enlarged: { width, height, data }, shown };
}

function leftOf({ enlarged, shown }: EnlargedPatch): Float32Array {
  return difference(shown, enlarged.data);
}

/** Mean square around the mean of each: what is brighter as a whole is none of its detail. */
function variance(patches: readonly Float32Array[]): number {
  let [total, count] = [0, 0];
  for (const values of patches) {
    total += dot(values, values) - values.length * meanOf(values) ** 2;
    count += values.length;
  }
  return total / count;
}

function centered(values: Float32Array): Float32Array {
  const mean = meanOf(values);
  return values.map((value) => value - mean);
}

function meanOf(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i] as number;
  }
  return sum / values.length;
}

/** Blurs, pixels of the larger picture, of which sharpening adds what they take away, as much of each as explains most. */
const SHARPENING = [1, 2];

/** Mean square of what is left when what was enlarged has been sharpened, or blurred, so that the least is. */
function leftOfSharpened(patches: readonly EnlargedPatch[]): number {
  const left = patches.map((patch) => centered(leftOf(patch)));
  const added = SHARPENING.map((sigma) =>
    patches.map(({ enlarged }) => centered(difference(enlarged.data, blurred(enlarged, sigma).data))),
  );
  const product = (a: readonly Float32Array[], b: readonly Float32Array[]) =>
    a.reduce((sum, values, i) => sum + dot(values, b[i] as Float32Array), 0);
  const matrix = Float64Array.from(added.flatMap((one) => added.map((other) => product(one, other))));
  const right = Float64Array.from(added, (one) => product(one, left));
  const weights = solveLinear(matrix, right) ?? new Float64Array(right.length);
  const explained = right.reduce((sum, value, i) => sum + value * (weights[i] as number), 0);
  const pixels = left.reduce((sum, values) => sum + values.length, 0);
  return Math.max(0, product(left, left) - explained) / pixels;
}

/** The rows of a patch and its rim, as wide as they are in the larger picture. */
function enlargedAcross({ width, data }: GrayImage, top: number, columns: Taps): Float32Array {
  const across = new Float32Array((PATCH + 2 * RIM) * columns.count);
  for (let y = 0; y < PATCH + 2 * RIM; y++) {
    const row = (top - RIM + y) * width;
    for (let x = 0; x < columns.count; x++) {
      let value = 0;
      for (let i = 0; i < columns.size; i++) {
        const pixel = data[row + (columns.first[x] as number) + i] as number;
        value += (columns.weights[x * columns.size + i] as number) * pixel;
      }
      across[y * columns.count + x] = value;
    }
  }
  return across;
}

/** Which pixels of the smaller picture make each of the larger that lies in a patch, and how much each counts. */
interface Taps {
  /** The first pixel of the larger picture, and how many. */
  readonly from: number;
  readonly count: number;
  /** How many pixels of the smaller one make each, the first of them, and their weights. */
  readonly size: number;
  readonly first: Int32Array;
  readonly weights: Float32Array;
}

function tapsOf(
  patch: number,
  small: number,
  large: number,
  { radius, weight }: Kernel,
  shift: number,
): Taps {
  const from = Math.ceil((patch * large) / small);
  const count = Math.floor(((patch + PATCH) * large) / small) - from;
  const size = 2 * radius;
  const first = new Int32Array(count);
  const weights = new Float32Array(count * size);
  for (let n = 0; n < count; n++) {
    const center = ((from + n + 0.5) * small) / large - 0.5 + shift;
    const start = Math.floor(center) - radius + 1;
    first[n] = start;
    let sum = 0;
    for (let i = 0; i < size; i++) {
      const one = weight(Math.abs(center - start - i));
      weights[n * size + i] = one;
      sum += one;
    }
    for (let i = 0; i < size; i++) {
      weights[n * size + i] = (weights[n * size + i] as number) / sum;
    }
  }
  return { from, count, size, first, weights };
}
