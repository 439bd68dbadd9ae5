import { type Affine, applyAffine, composed } from './affine.ts';

/** Width and height of a picture, pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** A map between pictures in fractions of width and height, 0 to 1 from the top left corner. */
export type FractionMap = Affine;

/** @param affine from the first picture's pixels to the second's, by their centers */
export function inFractions(affine: Affine, a: PixelSize, b: PixelSize): FractionMap {
  return composed(composed(toPixels(a), affine), toFractions(b));
}

/** The opposite of {@link inFractions}. */
export function inPixels(map: FractionMap, a: PixelSize, b: PixelSize): Affine {
  return composed(composed(toFractions(a), map), toPixels(b));
}

/** The corners of a part of the first picture on the second, in their order around it; fractions. */
export function cornersUnder(
  map: FractionMap,
  { x, y, width, height }: PixelSize & { readonly x: number; readonly y: number } = WHOLE,
): ReadonlyArray<{ readonly x: number; readonly y: number }> {
  return [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ].map((corner) => applyAffine(map, corner));
}

const WHOLE = { x: 0, y: 0, width: 1, height: 1 };

function toPixels({ width, height }: PixelSize): Affine {
  return { xx: width, xy: 0, x0: -0.5, yx: 0, yy: height, y0: -0.5 };
}

function toFractions({ width, height }: PixelSize): Affine {
  return { xx: 1 / width, xy: 0, x0: 0.5 / width, yx: 0, yy: 1 / height, y0: 0.5 / height };
}
