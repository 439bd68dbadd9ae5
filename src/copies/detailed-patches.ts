import type { GrayImage } from './gray-image.ts';

/** Side of a patch that is looked at, pixels of the smaller picture. */
export const PATCH = 64;

/** Pixels at the rim of a picture that are left out: programs differ in what they take for what is beyond it. */
export const RIM = 4;

/** Those with the most detail are looked at; a smooth patch tells nothing. */
const MOST_PATCHES = 4;

/** Values of 0 to 1; below it, what is left is what saving as JPEG leaves. */
const LEAST_DETAIL = 0.004;

/** A square of {@link PATCH} pixels. */
export interface Patch {
  readonly left: number;
  readonly top: number;
  /** Mean square of what half the resolution does not show. */
  readonly detail: number;
}

/** Where a picture has the most detail; none where it has next to nothing. */
export function detailedPatches(image: GrayImage): Patch[] {
  const found: Patch[] = [];
  for (let top = RIM; top + PATCH + RIM <= image.height; top += PATCH) {
    for (let left = RIM; left + PATCH + RIM <= image.width; left += PATCH) {
      found.push({ left, top, detail: detailOf(image, left, top) });
    }
  }
  return found
    .filter(({ detail }) => detail >= LEAST_DETAIL ** 2)
    .sort((a, b) => b.detail - a.detail)
    .slice(0, MOST_PATCHES);
}

/** Against the mean of the pixels around each, which half the resolution would show. */
function detailOf({ width, data }: GrayImage, left: number, top: number): number {
  let sum = 0;
  for (let y = top; y < top + PATCH; y++) {
    for (let x = left; x < left + PATCH; x++) {
      const at = y * width + x;
      const value = (offset: number) => data[at + offset] as number;
      const around =
        (value(0) * 4 +
          (value(-1) + value(1) + value(-width) + value(width)) * 2 +
          value(-width - 1) +
          value(-width + 1) +
          value(width - 1) +
          value(width + 1)) /
        16;
      sum += (value(0) - around) ** 2;
    }
  }
  return sum / PATCH ** 2;
}
