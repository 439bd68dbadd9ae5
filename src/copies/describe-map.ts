import { determinant } from './affine.ts';
import { cornersUnder, type FractionMap, type PixelSize } from './fraction-map.ts';

/** How one picture lies in another, as people say it. */
export interface Placement {
  readonly isMirrored: boolean;
  /** Degrees clockwise, above -180 to 180; of a mirrored picture after it was mirrored left to right. */
  readonly turnedDegrees: number;
  /** Pixels of the second to one of the first, along each side of the first. */
  readonly scale: { readonly x: number; readonly y: number };
  /** The first picture's frame on the second, cut to what of it is there: fractions, 0 to 1. */
  readonly region: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
}

/** @param map from the first picture to the second @param a size of the first, pixels */
export function describeMap(map: FractionMap, a: PixelSize, b: PixelSize): Placement {
  // Of pixels now, so that a turn is a turn whatever the proportions.
  const linear = {
    ...{ xx: (map.xx * b.width) / a.width, xy: (map.xy * b.width) / a.height, x0: 0 },
    ...{ yx: (map.yx * b.height) / a.width, yy: (map.yy * b.height) / a.height, y0: 0 },
  };
  const isMirrored = determinant(linear) < 0;
  const sign = isMirrored ? -1 : 1;
  // Where the first picture's right points after it was mirrored back, and its down, each weighed alike.
  const angle = Math.atan2(sign * linear.yx - linear.xy, sign * linear.xx + linear.yy);
  return {
    isMirrored,
    turnedDegrees: (angle * 180) / Math.PI,
    scale: { x: Math.hypot(linear.xx, linear.yx), y: Math.hypot(linear.xy, linear.yy) },
    region: frameOf(map),
  };
}

function frameOf(map: FractionMap): Placement['region'] {
  const corners = cornersUnder(map);
  const inside = (value: number) => Math.max(0, Math.min(1, value));
  const [left, right] = range(corners.map(({ x }) => inside(x)));
  const [top, bottom] = range(corners.map(({ y }) => inside(y)));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function range(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}
