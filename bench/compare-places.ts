import { inverted } from '../src/copies/affine.ts';
import { describeMap } from '../src/copies/describe-map.ts';
import type { FractionMap, PixelSize } from '../src/copies/fraction-map.ts';
import type { CopyTruth } from './copy-set.ts';

/** Degrees that a turn may be off. */
const TURN_OFF = 2;

/** How near to the truth a copy was placed on its original. */
export interface PlaceOff {
  /** Of the part of the original that was found and the true one: intersection over union; 0 where none was found. */
  readonly iou: number;
  /** Likewise of the part of the copy in which the original lies: where the copy shows more than the original. */
  readonly iouOnCopy: number;
  /** Whether mirror and turn are as they were made. */
  readonly isTurnRight: boolean;
}

/** @param map where the copy was placed, or null for nowhere */
export function comparePlaces(
  map: FractionMap | null,
  truth: CopyTruth,
  copy: PixelSize,
  original: PixelSize,
): PlaceOff {
  if (map === null) {
    return { iou: 0, iouOnCopy: 0, isTurnRight: false };
  }
  const made = madeMap(truth, copy, original);
  const [place, madePlace] = [describeMap(map, copy, original), describeMap(made, copy, original)];
  const off = Math.abs(((place.turnedDegrees - madePlace.turnedDegrees + 540) % 360) - 180);
  const [left, top, right, bottom] = truth.visible;
  return {
    iou: overlapOf(place.region, { x: left, y: top, width: right - left, height: bottom - top }),
    iouOnCopy: overlapOf(
      describeMap(inverted(map), original, copy).region,
      describeMap(inverted(made), original, copy).region,
    ),
    isTurnRight: place.isMirrored === madePlace.isMirrored && off <= TURN_OFF,
  };
}

function madeMap(truth: CopyTruth, copy: PixelSize, original: PixelSize): FractionMap {
  const [xx, xy, x0, yx, yy, y0] = truth.map;
  return {
    ...{
      xx: (xx * copy.width) / original.width,
      xy: (xy * copy.height) / original.width,
      x0: x0 / original.width,
    },
    ...{
      yx: (yx * copy.width) / original.height,
      yy: (yy * copy.height) / original.height,
      y0: y0 / original.height,
    },
  };
}

interface Region extends PixelSize {
  readonly x: number;
  readonly y: number;
}

function overlapOf(a: Region, b: Region): number {
  const along = (from: number, to: number, other: number, end: number) =>
    Math.max(0, Math.min(to, end) - Math.max(from, other));
  const both =
    along(a.x, a.x + a.width, b.x, b.x + b.width) * along(a.y, a.y + a.height, b.y, b.y + b.height);
  return both === 0 ? 0 : both / (a.width * a.height + b.width * b.height - both);
}
