import { applyAffine, determinant } from './affine.ts';
import { type FractionMap, inPixels } from './fraction-map.ts';
import type { GrayImage } from './gray-image.ts';

/** Pixels that a border of the other picture may be off. */
const OFF = 3;

/** Standard deviation of gray, 0 to 1, up to which a side is of one color: blurred leaves have more. */
const ONE_COLOR = 0.03;

/** Gray beside gray that differs by so much is an edge. */
const EDGE = 0.08;

/** Share of a side along which the picture differs from the margin: a frame that nobody sees may as well be the scene. */
const SEEN = 0.5;

/** Of all pixels outside, a side with fewer is no side. */
const LEAST_SIDE = 0.02;

/** What lies beyond one side of the other picture, and what lies just within it. */
interface Side {
  count: number;
  sum: number;
  squares: number;
  readonly within: number[];
}

/**
 * Whether what a picture shows outside of another that lies in it is a plain frame or margin, and nothing of the scene: on
 * each side one color, from which the picture is set off by an edge. The ground of a thing that was photographed on white is
 * none: nobody can tell whether it was put around or cut away.
 * @param around the picture that shows more
 * @param map from it to the other
 */
export function hasPlainMargin(around: GrayImage, map: FractionMap): boolean {
  const sides = sidesAround(around, map);
  const outside = sides.reduce((sum, { count }) => sum + count, 0);
  const telling = sides.filter(({ count }) => count > 0 && count >= LEAST_SIDE * outside);
  return telling.length > 0 && telling.every(isFrame);
}

function isFrame({ count, sum, squares, within }: Side): boolean {
  const mean = sum / count;
  const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
  const apart = within.filter((value) => Math.abs(value - mean) > EDGE).length;
  return deviation <= ONE_COLOR && within.length > 0 && apart >= SEEN * within.length;
}

/** Left, right, above, below. */
function sidesAround(around: GrayImage, map: FractionMap): Side[] {
  const { width, height, data } = around;
  const sides = Array.from({ length: 4 }, (): Side => ({ count: 0, sum: 0, squares: 0, within: [] }));
  // Pixels of an image as large as the other would be if it were seen at the same size.
  const toOther = inPixels(map, around, around);
  const off = OFF * Math.sqrt(Math.abs(determinant(toOther)));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = applyAffine(toOther, { x, y });
      const beyond = [-at.x, at.x - (width - 1), -at.y, at.y - (height - 1)];
      const most = Math.max(...beyond);
      const side = sides[beyond.indexOf(most)] as Side;
      const value = data[y * width + x] as number;
      if (most > off) {
        side.count++;
        side.sum += value;
        side.squares += value * value;
      } else if (most < -off && most > -3 * off) {
        side.within.push(value);
      }
    }
  }
  return sides;
}
