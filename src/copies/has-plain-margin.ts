import { applyAffine, determinant } from './affine.ts';
import { isMarginColored } from './color-grid.ts';
import { type FractionMap, inPixels } from './fraction-map.ts';
import type { GrayImage } from './gray-image.ts';
import type { PictureView } from './picture-view.ts';

/** Pixels that a border of the other picture may be off. */
const OFF = 3;

/** Standard deviation of gray, 0 to 1, up to which a side is of one color: blurred leaves have more. */
const ONE_COLOR = 0.03;

/**
 * Gray that is so far from the middle one of its side is of something else; share of a side that is in a plain frame, since JPEG
 * rings at edges, and in one that something is written on.
 */
const OF_SOMETHING_ELSE = 0.05;
const IN_PLAIN = 0.003;
const IN_WRITTEN = 0.15;

/** Gray beside gray that differs by so much is an edge. */
const EDGE = 0.08;

/** Share of a side along which the picture differs from the margin: a frame that nobody sees may as well be the scene. */
const SEEN = 0.5;

/** Of all pixels outside, a side with fewer is no side. */
const LEAST_SIDE = 0.02;

/** What lies beyond one side of the other picture, and what lies just within it. */
interface Side {
  readonly beyond: number[];
  readonly within: number[];
}

/**
 * Whether what a picture shows outside of another that lies in it is a plain frame or margin, and nothing of the scene: on
 * each side one color, from which the picture is set off by an edge. The ground of a thing that was photographed on white is
 * none: nobody can tell whether it was put around or cut away.
 * @param around the picture that shows more
 * @param map from it to the other
 * @returns null for what may be a frame in which something is written or drawn
 */
export function hasPlainMargin(
  { image, colors }: Pick<PictureView, 'image' | 'colors'>,
  map: FractionMap,
): boolean | null {
  const sides = sidesAround(image, map);
  const outside = sides.reduce((sum, { beyond }) => sum + beyond.length, 0);
  const telling = sides
    .filter(({ beyond }) => beyond.length > 0 && beyond.length >= LEAST_SIDE * outside)
    .map(frameOn);
  if (telling.length === 0 || telling.includes('none')) {
    return false;
  }
  return telling.includes('written') || isMarginColored(colors, map) ? null : true;
}

function frameOn({ beyond, within }: Side): 'plain' | 'written' | 'none' {
  const middle = beyond.toSorted((a, b) => a - b)[beyond.length >> 1] as number;
  const apart = within.filter((value) => Math.abs(value - middle) > EDGE).length;
  const ofElse = beyond.filter((value) => Math.abs(value - middle) > OF_SOMETHING_ELSE).length;
  if (within.length === 0 || apart < SEEN * within.length || ofElse > IN_WRITTEN * beyond.length) {
    return 'none';
  }
  const squares = beyond.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  const isOneColor = Math.sqrt(squares / beyond.length) <= ONE_COLOR;
  return isOneColor && ofElse <= IN_PLAIN * beyond.length ? 'plain' : 'written';
}

/** Left, right, above, below. */
function sidesAround(around: GrayImage, map: FractionMap): Side[] {
  const { width, height, data } = around;
  const sides = Array.from({ length: 4 }, (): Side => ({ beyond: [], within: [] }));
  // Pixels of an image as large as the other would be if it were seen at the same size.
  const toOther = inPixels(map, around, around);
  const off = OFF * Math.sqrt(Math.abs(determinant(toOther)));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = applyAffine(toOther, { x, y });
      const distances = [-at.x, at.x - (width - 1), -at.y, at.y - (height - 1)];
      const most = Math.max(...distances);
      const side = sides[distances.indexOf(most)] as Side;
      const value = data[y * width + x] as number;
      if (most > off) {
        side.beyond.push(value);
      } else if (most < -off && most > -3 * off) {
        side.within.push(value);
      }
    }
  }
  return sides;
}
