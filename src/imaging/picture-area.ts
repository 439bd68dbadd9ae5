import type { PictureRegion } from '../domain/picture.ts';

/** A rectangle of whole pixels, from the top left corner. */
export interface PictureArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The pixels of a region: whole ones, and never none. No region means all. */
export function areaOf(
  size: { readonly width: number; readonly height: number },
  region: PictureRegion | undefined,
): PictureArea {
  if (region === undefined) {
    return { left: 0, top: 0, ...size };
  }
  const [left, width] = toPixels(region.x, region.width, size.width);
  const [top, height] = toPixels(region.y, region.height, size.height);
  return { left, top, width, height };
}

function toPixels(start: number, length: number, whole: number): [start: number, length: number] {
  const first = Math.min(whole - 1, Math.floor(start * whole));
  const end = Math.min(whole, Math.max(first + 1, Math.round((start + length) * whole)));
  return [first, end - first];
}
