import type { GrayImage } from './gray-image.ts';

/** Side of the blocks of a JPEG file, pixels. */
export const BLOCK = 8;

/** How far rounding takes a coefficient from that of the source, in steps of its quantization, at most. */
const HALF = 0.5;

/** How far programs that choose what packs best take some of them. */
const STEPS = 1;

/** And besides, gray values of 0 to 255: what rounding colors to whole numbers changes. */
const ROUNDED = 2;

/** Windows along the longer side of a picture, each of one block or more, over which excess is averaged. */
const WINDOWS = 48;

/** How far a JPEG file is from what saving another picture once would have made of it. */
export interface BeyondSaving {
  /**
   * Gray values of 0 to 255, root of the mean square in the window of a 48th of the longer side where it is most; 0 where it
   * can have been made so by any program.
   */
  readonly excess: number;
  /** Share of the coefficients that rounding did not take there, 0 to 1. */
  readonly share: number;
  /**
   * How far coefficients are from those of the source, in steps, root of the mean square: rounding what may be anything comes to
   * the square root of a 12th, 0.29; less if the source was made of the file itself. Null where too few tell.
   */
  readonly spread: number | null;
}

/**
 * Tells whether a JPEG file was saved from another picture: each block of 8 x 8 pixels is known then but for the rounding of
 * its coefficients (ITU-T T.81, annex A.3), whatever program saved it.
 * @param saved the JPEG file's pixels
 * @param source of the same size
 * @param quantization 64 steps of the JPEG file's luma, row by row
 */
export function savedExcess(saved: GrayImage, source: GrayImage, quantization: Float32Array): BeyondSaving {
  const { width, height } = saved;
  const [columns, rows] = [Math.floor(width / BLOCK), Math.floor(height / BLOCK)];
  const excess = new Float64Array(columns * rows);
  const apart = new Float64Array(BLOCK * BLOCK);
  const own = new Float64Array(BLOCK * BLOCK);
  const spread = { sum: 0, count: 0 };
  let beyond = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (let i = 0; i < apart.length; i++) {
        const at = (row * BLOCK + (i >> 3)) * width + column * BLOCK + (i & 7);
        own[i] = 255 * (saved.data[at] as number);
        apart[i] = (own[i] as number) - 255 * (source.data[at] as number);
      }
      const coefficients = transformed(apart);
      excess[row * columns + column] = excessOf(coefficients, quantization);
      beyond += countBeyond(coefficients, quantization);
      addSpread(spread, coefficients, transformed(own), quantization);
    }
  }
  const side = Math.max(1, Math.round(Math.max(columns, rows) / WINDOWS));
  return {
    excess: Math.sqrt(largestMean(excess, columns, rows, side)),
    share: beyond / Math.max(1, excess.length * apart.length),
    spread: spread.count < LEAST_TELLING ? null : Math.sqrt(spread.sum / spread.count),
  };
}

/** Smaller steps are lost in what rounding colors changes. */
const LEAST_STEP = 6;

/** Steps from which a coefficient was not rounded to nothing, which most are from wherever they come. */
const KEPT = 0.6;

/** Coefficients without which a spread says nothing. */
const LEAST_TELLING = 200;

function addSpread(
  spread: { sum: number; count: number },
  apart: Float64Array,
  own: Float64Array,
  quantization: Float32Array,
): void {
  // The first is the mean of the block, which whatever was made brighter has another one of.
  for (let i = 1; i < apart.length; i++) {
    const step = quantization[i] as number;
    if (step >= LEAST_STEP && Math.abs(own[i] as number) >= KEPT * step) {
      spread.sum += Math.min(1, ((apart[i] as number) / step) ** 2);
      spread.count++;
    }
  }
}

function countBeyond(coefficients: Float64Array, quantization: Float32Array): number {
  let count = 0;
  for (let i = 0; i < coefficients.length; i++) {
    count += Math.abs(coefficients[i] as number) > HALF * (quantization[i] as number) + ROUNDED ? 1 : 0;
  }
  return count;
}

/** Mean square of what is beyond what any program does to each coefficient. */
function excessOf(coefficients: Float64Array, quantization: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < coefficients.length; i++) {
    const allowed = STEPS * (quantization[i] as number) + ROUNDED;
    sum += Math.max(0, Math.abs(coefficients[i] as number) - allowed) ** 2;
  }
  return sum / coefficients.length;
}

/** Of each frequency by rows, how much each pixel counts. */
const COSINES = Float64Array.from({ length: BLOCK * BLOCK }, (_, i) => {
  const [frequency, pixel] = [i >> 3, i & 7];
  const norm = frequency === 0 ? Math.SQRT1_2 / 2 : 1 / 2;
  return norm * Math.cos(((2 * pixel + 1) * frequency * Math.PI) / 16);
});

/** Discrete cosine transform of a block, first along its rows. */
function transformed(block: Float64Array): Float64Array {
  return alongColumns(alongRows(block));
}

function alongRows(block: Float64Array): Float64Array {
  const result = new Float64Array(block.length);
  for (let i = 0; i < result.length; i++) {
    const [row, frequency] = [i & ~7, (i & 7) * BLOCK];
    let sum = 0;
    for (let pixel = 0; pixel < BLOCK; pixel++) {
      sum += (COSINES[frequency + pixel] as number) * (block[row + pixel] as number);
    }
    result[i] = sum;
  }
  return result;
}

function alongColumns(block: Float64Array): Float64Array {
  const result = new Float64Array(block.length);
  for (let i = 0; i < result.length; i++) {
    const [frequency, column] = [i & ~7, i & 7];
    let sum = 0;
    for (let pixel = 0; pixel < BLOCK; pixel++) {
      sum += (COSINES[frequency + pixel] as number) * (block[pixel * BLOCK + column] as number);
    }
    result[i] = sum;
  }
  return result;
}

/** The largest mean of a square of blocks; squares follow each other at half of their side. */
function largestMean(values: Float64Array, columns: number, rows: number, side: number): number {
  const [wide, tall] = [Math.max(1, Math.min(side, columns)), Math.max(1, Math.min(side, rows))];
  const step = Math.max(1, side >> 1);
  let largest = 0;
  for (let top = 0; top + tall <= rows; top += step) {
    for (let left = 0; left + wide <= columns; left += step) {
      let sum = 0;
      for (let row = top; row < top + tall; row++) {
        for (let column = left; column < left + wide; column++) {
          sum += values[row * columns + column] as number;
        }
      }
      largest = Math.max(largest, sum / (wide * tall));
    }
  }
  return largest;
}
