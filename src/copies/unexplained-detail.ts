import type { GrayImage } from './gray-image.ts';

/** Side of a patch that is looked at, pixels of the smaller picture. */
const PATCH = 64;

/** Those with the most detail are; a smooth patch tells nothing. */
const MOST_PATCHES = 4;

/** Pixels at the rim of a picture that are left out: programs differ in what they take for what is beyond it. */
const RIM = 4;

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

/** Those of programs at hand; what is sharpened afterwards is still nearest to one of them. */
const KERNELS: readonly Kernel[] = [
  CATMULL_ROM,
  bicubic(1 / 3, 1 / 3),
  { radius: 1, weight: (x) => Math.max(0, 1 - x) },
  { radius: 1, weight: (x) => (x <= 0.5 ? 1 : 0) },
  { radius: 3, weight: (x) => (x < 3 ? sinc(x) * sinc(x / 3) : 0) },
];

/**
 * How much of a larger picture the smaller one does not explain: what is left of it when the smaller one, enlarged as
 * programs do it, is taken away, beside the finest detail of the smaller one. An enlarged picture leaves next to nothing; one
 * from which the smaller was made has detail of its own.
 * @param large upright, one to two times as large as the small one, of the same whole
 * @returns 0 or above; null where there is too little detail to tell
 */
export function unexplainedDetail(large: GrayImage, small: GrayImage): number | null {
  const patches = detailedPatches(small);
  if (patches.length === 0) {
    return null;
  }
  const detail = Math.sqrt(patches.reduce((sum, patch) => sum + patch.detail, 0) / patches.length);
  const left = (kernel: Kernel, shift: number) => residual(large, small, patches, kernel, shift);
  // Where programs differ in the first pixel, they do so whatever their kernel.
  let shift = leastOf(SHIFTS, (at) => left(CATMULL_ROM, at));
  for (const step of CLOSER) {
    shift = leastOf([shift, shift - step, shift + step], (at) => left(CATMULL_ROM, at));
  }
  return Math.min(...KERNELS.map((kernel) => left(kernel, shift))) / detail;
}

function leastOf(values: readonly number[], measure: (value: number) => number): number {
  const measured = values.map((value) => ({ value, measure: measure(value) }));
  return measured.reduce((best, one) => (one.measure < best.measure ? one : best)).value;
}

interface Patch {
  readonly left: number;
  readonly top: number;
  /** Mean square of what half the resolution does not show. */
  readonly detail: number;
}

/** Values of 0 to 1; below it, what is left is what saving as JPEG leaves. */
const LEAST_DETAIL = 0.004;

function detailedPatches(image: GrayImage): Patch[] {
  const found: Patch[] = [];
  for (let top = RIM; top + PATCH + RIM <= image.height; top += PATCH) {
    for (let left = RIM; left + PATCH + RIM <= image.width; left += PATCH) {
      found.push({ left, top, detail: detailOf(image, left, top) });
    }
  }
  return found
    .filter(({ detail }) => detail >= LEAST_DETAIL ** 2)
    .sort((a, b) => b.detail - a.detail)
    .slice(0, MOST_PATCHES);
}

/** Against the mean of the pixels around each, which half the resolution would show. */
function detailOf({ width, data }: GrayImage, left: number, top: number): number {
  let sum = 0;
  for (let y = top; y < top + PATCH; y++) {
    for (let x = left; x < left + PATCH; x++) {
      const at = y * width + x;
      const value = (offset: number) => data[at + offset] as number;
      const around =
        (value(0) * 4 +
          (value(-1) + value(1) + value(-width) + value(width)) * 2 +
          value(-width - 1) +
          value(-width + 1) +
          value(width - 1) +
          value(width + 1)) /
        16;
      sum += (value(0) - around) ** 2;
    }
  }
  return sum / PATCH ** 2;
}

/** Root of the mean square of what is left of the larger picture in all patches. */
function residual(
  large: GrayImage,
  small: GrayImage,
  patches: readonly Patch[],
  kernel: Kernel,
  shift: number,
): number {
  let [total, count] = [0, 0];
  for (const { left, top } of patches) {
    const columns = tapsOf(left, small.width, large.width, kernel, shift);
    const rows = tapsOf(top, small.height, large.height, kernel, shift);
    const across = enlargedAcross(small, top, columns);
    const width = columns.count;
    let [sum, squares] = [0, 0];
    for (let y = 0; y < rows.count; y++) {
      for (let x = 0; x < width; x++) {
        let value = 0;
        for (let i = 0; i < rows.size; i++) {
          const row = (rows.first[y] as number) + i - (top - RIM);
          value += (rows.weights[y * rows.size + i] as number) * (across[row * width + x] as number);
        }
        const at = (rows.from + y) * large.width + columns.from + x;
        const difference = (large.data[at] as number) - value;
        sum += difference;
        squares += difference * difference;
      }
    }
    const pixels = rows.count * width;
    total += squares - (sum * sum) / pixels; // what is brighter as a whole is none of its detail
    count += pixels;
  }
  return Math.sqrt(total / count);
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
