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

/** Share of a tile's pixels that are even where things stand on a ground of one color. */
const EVEN_GROUND = 0.15;

/**
 * Share of the tiles with anything on them that have such a ground: of 36 screenshots, maps and sheets that are no pages of
 * text, copies as JPEG 40 among them, all but one noisy copy had 0.69 or more; of the photos that are as even, all had 0.58
 * at most.
 */
const MOSTLY_ON_GROUND = 0.65;

/** Tiles of letters on such a ground that there must be, and their share of those with anything on them. */
const LEAST_LETTERS = 3;
const SHARE_OF_LETTERS = 0.15;

/**
 * Whether a picture was drawn and not photographed, and has letters: a screenshot, a map, a sheet of numbers, of any colors.
 * It has areas of one color that end at once, and small things stand on them. Of 1,205 photos none is taken for a drawn one.
 */
export function isDrawn(image: GrayImage, { written, small }: LetterTiles): boolean {
  const ranges = rangesIn(image);
  const even = countUpTo(ranges, EVEN);
  const faint = countUpTo(ranges, FAINT) - even;
  if (even < MOSTLY_EVEN * ranges.length || faint > FEW_FAINT * even) {
    return false;
  }
  const isOnGround = (box: Box) => evenShare(ranges, image.width, box) >= EVEN_GROUND;
  const letters = small.filter(isOnGround).length;
  return (
    written.filter(isOnGround).length >= MOSTLY_ON_GROUND * written.length &&
    letters >= Math.max(LEAST_LETTERS, SHARE_OF_LETTERS * written.length)
  );
}

/** Of each pixel and its eight neighbors, the darkest to the lightest; on the border of those that there are. */
function rangesIn({ width, height, data }: GrayImage): Float32Array {
  const least = extremeIn(data, width, height, Math.min);
  const most = extremeIn(data, width, height, Math.max);
  return most.map((value, i) => value - (least[i] as number));
}

type Extreme = (one: number, other: number) => number;

function extremeIn(data: Float32Array, width: number, height: number, extreme: Extreme): Float32Array {
  const beside = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const x = i % width;
    const left = data[x === 0 ? i : i - 1] as number;
    const right = data[x === width - 1 ? i : i + 1] as number;
    beside[i] = extreme(extreme(left, right), data[i] as number);
  }
  const around = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const above = beside[i < width ? i : i - width] as number;
    const below = beside[i >= width * (height - 1) ? i : i + width] as number;
    around[i] = extreme(extreme(above, below), beside[i] as number);
  }
  return around;
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
