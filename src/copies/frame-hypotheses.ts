import { type Affine, composed } from './affine.ts';
import type { GrayImage } from './gray-image.ts';

/**
 * The eight ways to lay one whole picture over another, stretched where their proportions differ: as it is, turned by 90, 180
 * and 270 degrees, and each of them mirrored.
 * @returns from the first picture's pixels to the second's
 */
export function frameHypotheses(first: GrayImage, second: GrayImage): Affine[] {
  const toUnit = {
    ...{ xx: 2 / first.width, xy: 0, x0: 1 / first.width - 1 },
    ...{ yx: 0, yy: 2 / first.height, y0: 1 / first.height - 1 },
  };
  const fromUnit = {
    ...{ xx: second.width / 2, xy: 0, x0: second.width / 2 - 0.5 },
    ...{ yx: 0, yy: second.height / 2, y0: second.height / 2 - 0.5 },
  };
  return TURNS.flatMap(([cos, sin]) =>
    [1, -1].map((mirror) => {
      const turn = { xx: mirror * cos, xy: -sin, x0: 0, yx: mirror * sin, yy: cos, y0: 0 };
      return composed(composed(toUnit, turn), fromUnit);
    }),
  );
}

const TURNS = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;
