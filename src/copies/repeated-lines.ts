import { detailedPatches, PATCH } from './detailed-patches.ts';
import type { GrayImage } from './gray-image.ts';

/** A line differs from the next by less than so much of what it and the next differ from their other neighbors by. */
const REPEATED = 0.5;

/**
 * Share of the rows and columns of pixels that all but repeat the one before, while those on either side do not, as in a picture
 * that was enlarged by repeating pixels to less than three times its size.
 * @returns 0 to 1, the median of the patches with the most detail; null where there is too little
 */
export function repeatedLines(image: GrayImage): number | null {
  const shares = detailedPatches(image)
    .flatMap(({ left, top }) => {
      const start = top * image.width + left;
      return [
        shareRepeated(differences(image, start, 1, image.width)),
        shareRepeated(differences(image, start, image.width, 1)),
      ];
    })
    .sort((a, b) => a - b);
  return shares[shares.length >> 1] ?? null;
}

function shareRepeated(between: readonly number[]): number {
  const repeated = between.filter((value, i) => {
    const around = Math.min(between[i - 1] ?? 0, between[i + 1] ?? 0);
    return value < REPEATED * around;
  });
  return repeated.length / between.length;
}

/**
 * Between each line of a patch and the next, summed along the lines.
 * @param across from a pixel to the one in the next line
 * @param along from a pixel to the next in its line
 */
function differences({ data }: GrayImage, start: number, across: number, along: number): number[] {
  return Array.from({ length: PATCH - 1 }, (_, line) => {
    let sum = 0;
    for (let i = 0; i < PATCH; i++) {
      const at = start + line * across + i * along;
      sum += Math.abs((data[at + across] as number) - (data[at] as number));
    }
    return sum;
  });
}
