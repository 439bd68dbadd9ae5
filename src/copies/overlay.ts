import { type Affine, determinant, inverted } from './affine.ts';
import { blurred } from './blur-image.ts';
import type { GrayImage } from './gray-image.ts';

/** One picture laid over another, in the pixels of the one that shows less of it. */
export interface Overlay {
  /** The one whose pixels are used. */
  readonly ground: GrayImage;
  /** The other, smoothed as far as the ground has no finer detail. */
  readonly laid: GrayImage;
  /** From the ground's pixels to the other's. */
  readonly affine: Affine;
  /** Whether the ground is the second of the two pictures. */
  readonly isGroundSecond: boolean;
}

/** Blur that a pixel is taken to have, in pixels. */
const OWN_SIGMA = 0.5;

/** @param affine from the first picture's pixels to the second's; its determinant is not 0 */
export function overlaid(first: GrayImage, second: GrayImage, affine: Affine): Overlay {
  const scale = Math.sqrt(Math.abs(determinant(affine)));
  const isGroundSecond = scale < 1;
  const [ground, other] = isGroundSecond ? [second, first] : [first, second];
  const growth = isGroundSecond ? 1 / scale : scale;
  return {
    ground,
    laid: growth > 1.2 ? blurred(other, OWN_SIGMA * Math.sqrt(growth ** 2 - 1)) : other,
    affine: isGroundSecond ? inverted(affine) : affine,
    isGroundSecond,
  };
}

/** The other picture in the ground's pixels. */
export interface Warped {
  readonly image: GrayImage;
  /** 1 where the other picture is, 0 elsewhere; there the image is the ground's. */
  readonly mask: Uint8Array;
}

/** Bilinear. */
export function warp({ ground, laid, affine }: Overlay): Warped {
  const { width, height } = ground;
  const data = ground.data.slice();
  const mask = new Uint8Array(data.length);
  const { xx, xy, x0, yx, yy, y0 } = affine;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = sampled(laid, xx * x + xy * y + x0, yx * x + yy * y + y0);
      if (value >= 0) {
        data[y * width + x] = value;
        mask[y * width + x] = 1;
      }
    }
  }
  return { image: { width, height, data }, mask };
}

/** Bilinear; -1 outside. */
export function sampled({ width, height, data }: GrayImage, x: number, y: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  if (column < 0 || row < 0 || column >= width - 1 || row >= height - 1) {
    return -1;
  }
  const right = x - column;
  const down = y - row;
  const at = row * width + column;
  const above = (data[at] as number) * (1 - right) + (data[at + 1] as number) * right;
  const below = (data[at + width] as number) * (1 - right) + (data[at + width + 1] as number) * right;
  return above * (1 - down) + below * down;
}
