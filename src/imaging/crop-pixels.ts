import type { PictureRegion } from '../domain/picture.ts';
import type { Pixels } from './canonical-pixels.ts';

/** Cuts a region out, to whole pixels and never to nothing. */
export function cropPixels(pixels: Pixels, region: PictureRegion): Pixels {
  const { data, channels } = pixels;
  const [left, width] = toPixels(region.x, region.width, pixels.width);
  const [top, height] = toPixels(region.y, region.height, pixels.height);
  const cut = new Uint8Array(width * height * channels);
  for (let row = 0; row < height; row++) {
    const start = ((top + row) * pixels.width + left) * channels;
    cut.set(data.subarray(start, start + width * channels), row * width * channels);
  }
  return { data: cut, width, height, channels };
}

function toPixels(start: number, length: number, whole: number): [start: number, length: number] {
  const first = Math.min(whole - 1, Math.floor(start * whole));
  const end = Math.min(whole, Math.max(first + 1, Math.round((start + length) * whole)));
  return [first, end - first];
}
