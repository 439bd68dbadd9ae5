import type { GrayImage } from './gray-image.ts';

/** The lowest and the highest value around each pixel. */
export interface LocalRange {
  readonly lowest: Float32Array;
  readonly highest: Float32Array;
}

/** @param reach pixels to each side that count */
export function localRange({ width, height, data }: GrayImage, reach: number): LocalRange {
  const along = { step: 1, length: width, across: width, lines: height };
  const down = { step: width, length: height, across: 1, lines: width };
  return {
    lowest: extremes(extremes(data, along, reach, -1), down, reach, -1),
    highest: extremes(extremes(data, along, reach, 1), down, reach, 1),
  };
}

/** Lines of pixels: from one pixel to the next, and from one line to the next. */
interface Lines {
  readonly step: number;
  readonly length: number;
  readonly across: number;
  readonly lines: number;
}

/** @param sign 1 for the highest, -1 for the lowest */
function extremes(
  data: Float32Array,
  { step, length, across, lines }: Lines,
  reach: number,
  sign: 1 | -1,
): Float32Array {
  const found = new Float32Array(data.length);
  for (let line = 0; line < lines; line++) {
    for (let i = 0; i < length; i++) {
      const last = Math.min(length - 1, i + reach);
      let most = data[line * across + i * step] as number;
      for (let k = Math.max(0, i - reach); k <= last; k++) {
        const value = data[line * across + k * step] as number;
        most = sign * (value - most) > 0 ? value : most;
      }
      found[line * across + i * step] = most;
    }
  }
  return found;
}
