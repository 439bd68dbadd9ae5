import type { GrayImage } from './gray-image.ts';

/** Deviations beyond which a Gaussian is cut. */
const REACH = 3;

/**
 * Neighbors to either side that are added in one go: a sum is fetched and put back once for all of them, which is much of
 * the work. Kernels are filled up with zeros to whole groups.
 */
const GROUP = 3;

/** Smooths by a Gaussian of the given deviation in pixels; the border goes on as its last pixel. */
export function blurred({ width, height, data }: GrayImage, sigma: number): GrayImage {
  const kernel = gaussian(sigma);
  const reach = kernel.length - 1;
  const tall = rowsBlurred(data, width, kernel);
  const both = new Float32Array(data.length);
  const row = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    weigh(tall, (y + reach) * width, width, kernel, row);
    both.set(row, y * width);
  }
  return { width, height, data: both };
}

/** Half of a Gaussian, its middle first; the whole sums to 1. */
function gaussian(sigma: number): Float64Array {
  const reach = Math.max(1, Math.ceil(REACH * sigma));
  const half = Float64Array.from({ length: reach + 1 }, (_, i) => Math.exp(-(i * i) / (2 * sigma * sigma)));
  const sum = half.reduce((all, value, i) => all + (i === 0 ? value : 2 * value), 0);
  const filled = new Float64Array(GROUP * Math.ceil(reach / GROUP) + 1);
  filled.set(half.map((value) => value / sum));
  return filled;
}

/** @returns with the first and the last row repeated as far as the kernel reaches */
function rowsBlurred(data: Float32Array, width: number, kernel: Float64Array): Float32Array {
  const reach = kernel.length - 1;
  const [first, end] = [reach * width, reach * width + data.length];
  const tall = new Float32Array(end + first);
  // A row with its ends repeated, so that nobody need look whether a neighbor is inside.
  const long = new Float32Array(width + 2 * reach);
  const row = new Float32Array(width);
  for (let start = 0; start < data.length; start += width) {
    long.set(data.subarray(start, start + width), reach);
    long.fill(long[reach] as number, 0, reach);
    long.fill(long[reach + width - 1] as number, reach + width);
    weigh(long, reach, 1, kernel, row);
    tall.set(row, first + start);
  }
  for (let start = 0; start < first; start += width) {
    tall.copyWithin(start, first, first + width);
    tall.copyWithin(end + start, end - width, end);
  }
  return tall;
}

/**
 * Weighed sums of the pixels of a row and their neighbors to both sides.
 * @param start of the row
 * @param step from one neighbor to the next: along the row or across it
 */
function weigh(
  from: Float32Array,
  start: number,
  step: number,
  kernel: Float64Array,
  row: Float32Array,
): void {
  beginSums(from, start, kernel[0] as number, row);
  for (let k = 1; k < kernel.length; k += GROUP) {
    addNeighbors(from, start, step, kernel, k, row);
  }
}

function beginSums(from: Float32Array, start: number, middle: number, sums: Float32Array): void {
  for (let x = 0; x < sums.length; x++) {
    sums[x] = middle * (from[start + x] as number);
  }
}

/** Those from the `k`th on, one {@link GROUP}. A function of its own, which compiles to a faster loop than inside another. */
function addNeighbors(
  from: Float32Array,
  start: number,
  step: number,
  kernel: Float64Array,
  k: number,
  sums: Float32Array,
): void {
  const [one, two, three] = [kernel[k], kernel[k + 1], kernel[k + 2]] as [number, number, number];
  const before = start - k * step;
  const after = start + k * step;
  for (let x = 0; x < sums.length; x++) {
    sums[x] =
      (sums[x] as number) +
      one * ((from[before + x] as number) + (from[after + x] as number)) +
      two * ((from[before - step + x] as number) + (from[after + step + x] as number)) +
      three * ((from[before - 2 * step + x] as number) + (from[after + 2 * step + x] as number));
  }
}
