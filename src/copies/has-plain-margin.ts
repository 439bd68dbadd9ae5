import { applyAffine, determinant } from './affine.ts';
import { type FractionMap, inPixels } from './fraction-map.ts';
import type { GrayImage } from './gray-image.ts';

/** Pixels that a border of the other picture may be off. */
const OFF = 3;

/** Gray beside gray that differs by so much is detail, and no noise or slope; 0 to 1. */
const DETAIL = 0.06;

/** Share of pixels with detail up to which a margin is plain: frames have edges. */
const PLAIN = 0.02;

/**
 * Whether what a picture shows outside of another that lies in it is a plain frame or margin, and nothing of the scene.
 * @param around the picture that shows more
 * @param map from it to the other
 */
export function hasPlainMargin(around: GrayImage, map: FractionMap): boolean {
  const { width, height, data } = around;
  // Pixels of an image as large as the other would be if it were seen at the same size.
  const toOther = inPixels(map, around, around);
  const off = OFF * Math.sqrt(Math.abs(determinant(toOther)));
  let [outside, detailed] = [0, 0];
  for (let y = 0; y + 1 < height; y++) {
    for (let x = 0; x + 1 < width; x++) {
      const at = applyAffine(toOther, { x, y });
      if (isBetween(at.x, -off, width - 1 + off) && isBetween(at.y, -off, height - 1 + off)) {
        continue;
      }
      const value = data[y * width + x] as number;
      const right = Math.abs(value - (data[y * width + x + 1] as number));
      const below = Math.abs(value - (data[(y + 1) * width + x] as number));
      outside++;
      detailed += Math.max(right, below) > DETAIL ? 1 : 0;
    }
  }
  return outside > 0 && detailed <= PLAIN * outside;
}

function isBetween(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
