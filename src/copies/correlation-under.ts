import type { Affine } from './affine.ts';
import type { GrayImage } from './gray-image.ts';
import { sampled } from './overlay.ts';
import { PairMoments } from './pair-moments.ts';

/**
 * Normalized cross-correlation of two pictures.
 * @param affine from the first one's pixels to the second's
 * @returns -1 to 1; 0 where there is nothing to compare
 */
export function correlationUnder(affine: Affine, a: GrayImage, b: GrayImage): number {
  const { xx, xy, x0, yx, yy, y0 } = affine;
  const moments = new PairMoments();
  for (let y = 0; y < a.height; y++) {
    for (let x = 0; x < a.width; x++) {
      const other = sampled(b, xx * x + xy * y + x0, yx * x + yy * y + y0);
      if (other >= 0) {
        moments.add(a.data[y * a.width + x] as number, other);
      }
    }
  }
  return moments.correlation();
}
