import { blurred } from './blur-image.ts';
import type { GrayImage } from './gray-image.ts';
import { type Box, tileGrid } from './tile-grid.ts';

/** How near to paper, or to its ink where that is the ground, a pixel of the ground is; of gray values 0 to 1. */
const NEAR_GROUND = 0.12;

/** Share of the pixels that are ground. */
const MOSTLY_GROUND = 0.6;

/** Blur beyond which no letter is left, pixels. */
const LETTERS = 4;

/** Deviation of a tile that has something on it. */
const WRITTEN = 0.03;

/** Share of a written tile's variance that is in what is no larger than letters. */
const SMALL = 0.6;

/** Share of the written tiles that are so, and how many there must be. */
const MOSTLY_SMALL = 0.85;
const LEAST_WRITTEN = 12;

/**
 * Whether a picture looks like a page of text: one ground, and on it nothing larger than letters. Of 1,205 photos two do (a
 * dress and a shirt with a fine pattern), and are looked at more closely for it.
 */
export function isPage(image: GrayImage): boolean {
  const sorted = Float32Array.from(image.data).sort();
  const [dark, light] = [0.1, 0.9].map((share) => sorted[Math.floor(sorted.length * share)]) as [
    number,
    number,
  ];
  const groundShare = Math.max(shareNear(image, light), shareNear(image, dark));
  if (groundShare < MOSTLY_GROUND) {
    return false;
  }
  const smooth = blurred(image, LETTERS);
  const written = tileGrid(image)
    .boxes.map((box) => variancesIn(image, smooth, box))
    .filter(({ whole }) => whole > WRITTEN ** 2);
  const small = written.filter((tile) => tile.small > SMALL * tile.whole).length;
  return written.length >= LEAST_WRITTEN && small >= MOSTLY_SMALL * written.length;
}

function shareNear({ data }: GrayImage, ground: number): number {
  let near = 0;
  for (const value of data) {
    near += Math.abs(value - ground) < NEAR_GROUND ? 1 : 0;
  }
  return near / data.length;
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
