import { blurred } from './blur-image.ts';
import type { GrayImage } from './gray-image.ts';
import { type Box, tileGrid } from './tile-grid.ts';

/** Blur beyond which no letter is left, pixels. */
const LETTERS = 4;

/** Deviation of a tile that has something on it. */
const WRITTEN = 0.03;

/** Share of a written tile's variance that is in what is no larger than letters. */
const SMALL = 0.6;

/** Tiles of a view that have something on them. */
export interface LetterTiles {
  readonly written: readonly Box[];
  /** Those of them on which nothing is larger than letters. */
  readonly small: readonly Box[];
}

/** Finds where letters may stand in a view. */
export function letterTiles(image: GrayImage): LetterTiles {
  const smooth = blurred(image, LETTERS);
  const written = tileGrid(image)
    .boxes.map((box) => ({ box, ...variancesIn(image, smooth, box) }))
    .filter(({ whole }) => whole > WRITTEN ** 2);
  const small = written.filter((tile) => tile.small > SMALL * tile.whole).map(({ box }) => box);
  return { written: written.map(({ box }) => box), small };
}

function variancesIn(image: GrayImage, smooth: GrayImage, { left, right, top, bottom }: Box) {
  let sum = 0;
  let squares = 0;
  let sumSmall = 0;
  let squaresSmall = 0;
  for (let y = top; y < bottom; y++) {
    for (let at = y * image.width + left; at < y * image.width + right; at++) {
      const value = image.data[at] as number;
      const rest = value - (smooth.data[at] as number);
      sum += value;
      squares += value * value;
      sumSmall += rest;
      squaresSmall += rest * rest;
    }
  }
  const count = (right - left) * (bottom - top);
  return {
    whole: squares / count - (sum / count) ** 2,
    small: squaresSmall / count - (sumSmall / count) ** 2,
  };
}
