/** Gray values of a picture, row by row, each 0 (black) to 1 (white). The center of the first pixel is at 0, 0. */
export interface GrayImage {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  readonly data: Float32Array;
}

/** Luma of ITU-R BT.601. @param rgb all red ones, all green ones, all blue ones, each 0 to 1 */
export function grayOf(rgb: Float32Array, width: number, height: number): GrayImage {
  const pixels = width * height;
  const data = new Float32Array(pixels);
  for (let i = 0; i < pixels; i++) {
    const [red, green, blue] = [rgb[i], rgb[pixels + i], rgb[2 * pixels + i]] as [number, number, number];
    data[i] = 0.299 * red + 0.587 * green + 0.114 * blue;
  }
  return { width, height, data };
}

/** Deviations beyond which a Gaussian is cut. */
const REACH = 3;

/** Smooths by a Gaussian of the given deviation in pixels; the border goes on as its last pixel. */
export function blurred({ width, height, data }: GrayImage, sigma: number): GrayImage {
  const kernel = gaussian(sigma);
  const rows = new Float32Array(data.length);
  const both = new Float32Array(data.length);
  blurRows(data, rows, kernel, width);
  blurColumns(rows, both, kernel, width);
  return { width, height, data: both };
}

/** Every second pixel of every second row. */
export function halved({ width, height, data }: GrayImage): GrayImage {
  const [columns, rows] = [Math.max(1, width >> 1), Math.max(1, height >> 1)];
  const half = new Float32Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      half[y * columns + x] = data[2 * y * width + 2 * x] as number;
    }
  }
  return { width: columns, height: rows, data: half };
}

/** The first less the second, value by value. */
export function difference(a: Float32Array, b: Float32Array): Float32Array {
  const result = new Float32Array(a.length);
  for (let i = 0; i < result.length; i++) {
    result[i] = (a[i] as number) - (b[i] as number);
  }
  return result;
}

/** Half of a Gaussian, its middle first; the whole sums to 1. */
function gaussian(sigma: number): Float64Array {
  const reach = Math.max(1, Math.ceil(REACH * sigma));
  const half = Float64Array.from({ length: reach + 1 }, (_, i) => Math.exp(-(i * i) / (2 * sigma * sigma)));
  const sum = half.reduce((all, value, i) => all + (i === 0 ? value : 2 * value), 0);
  return half.map((value) => value / sum);
}

function blurRows(from: Float32Array, to: Float32Array, kernel: Float64Array, width: number): void {
  const reach = kernel.length - 1;
  const middle = kernel[0] as number;
  // A row with its ends repeated, so that the innermost loop need not look where it is.
  const padded = new Float64Array(width + 2 * reach);
  for (let start = 0; start < from.length; start += width) {
    padded.set(from.subarray(start, start + width), reach);
    padded.fill(padded[reach] as number, 0, reach);
    padded.fill(padded[reach + width - 1] as number, reach + width);
    for (let at = 0; at < width; at++) {
      const center = at + reach;
      let sum = middle * (padded[center] as number);
      for (let k = 1; k <= reach; k++) {
        sum += (kernel[k] as number) * ((padded[center - k] as number) + (padded[center + k] as number));
      }
      to[start + at] = sum;
    }
  }
}

/** Whole rows at once, in the order in which they lie in memory. */
function blurColumns(from: Float32Array, to: Float32Array, kernel: Float64Array, width: number): void {
  const height = from.length / width;
  const last = (height - 1) * width;
  const sums = new Float64Array(width);
  for (let start = 0; start <= last; start += width) {
    const middle = kernel[0] as number;
    for (let x = 0; x < width; x++) {
      sums[x] = middle * (from[start + x] as number);
    }
    for (let k = 1; k < kernel.length; k++) {
      const weight = kernel[k] as number;
      const above = Math.max(0, start - k * width);
      const below = Math.min(last, start + k * width);
      for (let x = 0; x < width; x++) {
        sums[x] = (sums[x] as number) + weight * ((from[above + x] as number) + (from[below + x] as number));
      }
    }
    to.set(sums, start);
  }
}
