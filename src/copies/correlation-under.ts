import type { Affine } from './affine.ts';
import type { GrayImage } from './gray-image.ts';
import { sampled } from './overlay.ts';

/**
 * Normalized cross-correlation of two pictures.
 * @param affine from the first one's pixels to the second's
 * @returns -1 to 1; 0 where there is nothing to compare
 */
export function correlationUnder(affine: Affine, a: GrayImage, b: GrayImage): number {
  const { xx, xy, x0, yx, yy, y0 } = affine;
  let count = 0;
  let sumA = 0;
  let sumB = 0;
  let squaresA = 0;
  let squaresB = 0;
  let products = 0;
  for (let y = 0; y < a.height; y++) {
    for (let x = 0; x < a.width; x++) {
      const v = sampled(b, xx * x + xy * y + x0, yx * x + yy * y + y0);
      if (v >= 0) {
        const u = a.data[y * a.width + x] as number;
        count++;
        sumA += u;
        sumB += v;
        squaresA += u * u;
        squaresB += v * v;
        products += u * v;
      }
    }
  }
  const varianceA = count * squaresA - sumA * sumA;
  const varianceB = count * squaresB - sumB * sumB;
  const norms = Math.sqrt(varianceA * varianceB);
  return norms > 0 ? (count * products - sumA * sumB) / norms : 0;
}
