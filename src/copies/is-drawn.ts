import type { GrayImage } from './gray-image.ts';
import type { LetterTiles } from './letter-tiles.ts';
import type { Box } from './tile-grid.ts';

/** Range of gray values, 0 to 1, of a pixel and its neighbors that are of one color; compression makes no more of it. */
const EVEN = 1.5 / 255;

/** Beyond EVEN, where a color changes so slowly that nobody draws it: sky, walls, and what is out of focus. */
const FAINT = 4 / 255;

/** Share of the pixels that are even. */
const MOSTLY_EVEN = 0.28;

/** Faint pixels to even ones. */
const FEW_FAINT = 0.35;

/** Share of the pixels of a tile that are even where letters stand on a ground of one color. */
const EVEN_BETWEEN_LETTERS = 0.15;

/** Tiles of letters that there must be, and their share of those with anything on them. */
const LEAST_LETTERS = 3;
const SHARE_OF_LETTERS = 0.15;

/**
 * Whether a picture was drawn and not photographed, and has letters: a screenshot, a map, a sheet of numbers, of any colors.
 * It has areas of one color that end at once, and small things stand on them.
 */
export function isDrawn(image: GrayImage, { written, small }: LetterTiles): boolean {
  const ranges = rangesIn(image);
  const even = countUpTo(ranges, EVEN);
  const faint = countUpTo(ranges, FAINT) - even;
  if (even < MOSTLY_EVEN * ranges.length || faint > FEW_FAINT * even) {
    return false;
  }
  const letters = small.filter((box) => evenShare(ranges, image.width, box) >= EVEN_BETWEEN_LETTERS).length;
  return letters >= LEAST_LETTERS && letters >= SHARE_OF_LETTERS * written;
}

/** Of each pixel and its eight neighbors, the darkest to the lightest; on the border of those that there are. */
function rangesIn({ width, height, data }: GrayImage): Float32Array {
  const ranges = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - 1), Math.min(height - 1, y + 1)];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - 1), Math.min(width - 1, x + 1)];
      let [least, most] = [1, 0];
      for (let row = top; row <= bottom; row++) {
        for (let at = row * width + left; at <= row * width + right; at++) {
          const value = data[at] as number;
          least = value < least ? value : least;
          most = value > most ? value : most;
        }
      }
      ranges[y * width + x] = most - least;
    }
  }
  return ranges;
}

function countUpTo(ranges: Float32Array, most: number): number {
  let count = 0;
  for (const range of ranges) {
    count += range <= most ? 1 : 0;
  }
  return count;
}

function evenShare(ranges: Float32Array, width: number, { left, right, top, bottom }: Box): number {
  let even = 0;
  for (let y = top; y < bottom; y++) {
    even += countUpTo(ranges.subarray(y * width + left, y * width + right), EVEN);
  }
  return even / ((right - left) * (bottom - top));
}
