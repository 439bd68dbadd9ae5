import type { GrayImage } from './gray-image.ts';
import type { LetterTiles } from './letter-tiles.ts';

/** How near to paper, or to its ink where that is the ground, a pixel of the ground is; of gray values 0 to 1. */
const NEAR_GROUND = 0.12;

/** Share of the pixels that are ground. */
const MOSTLY_GROUND = 0.6;

/** Share of the written tiles that are so, and how many there must be. */
const MOSTLY_SMALL = 0.85;
const LEAST_WRITTEN = 12;

/**
 * Whether a picture looks like a page of text: one ground, and on it nothing larger than letters. Of 1,205 photos two do (a
 * dress and a shirt with a fine pattern), and are looked at more closely for it.
 */
export function isPage(image: GrayImage, { written, small }: LetterTiles): boolean {
  const sorted = Float32Array.from(image.data).sort();
  const [dark, light] = [0.1, 0.9].map((share) => sorted[Math.floor(sorted.length * share)]) as [
    number,
    number,
  ];
  const groundShare = Math.max(shareNear(image, light), shareNear(image, dark));
  if (groundShare < MOSTLY_GROUND) {
    return false;
  }
  return written.length >= LEAST_WRITTEN && small.length >= MOSTLY_SMALL * written.length;
}

function shareNear({ data }: GrayImage, ground: number): number {
  let near = 0;
  for (const value of data) {
    near += Math.abs(value - ground) < NEAR_GROUND ? 1 : 0;
  }
  return near / data.length;
}
