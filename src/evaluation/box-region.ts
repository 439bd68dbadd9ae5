import type { PictureRegion } from '../domain/picture.ts';

/**
 * The part of a picture in a box, of which what lies outside the picture is left out.
 * @param box left, top, right and bottom, pixels of the upright picture
 * @param size of the whole picture, pixels
 * @returns null when the box lies outside
 */
export function boxRegion(
  [left, top, right, bottom]: readonly [number, number, number, number],
  { width, height }: { readonly width: number; readonly height: number },
): PictureRegion | null {
  const inside = (value: number, most: number) => Math.min(1, Math.max(0, value / most));
  const [x, y] = [inside(left, width), inside(top, height)];
  const region = { x, y, width: inside(right, width) - x, height: inside(bottom, height) - y };
  return region.width > 0 && region.height > 0 ? region : null;
}
