import type { FractionMap } from '../src/copies/fraction-map.ts';

/** Mirrored about the diagonal, then upside down, then left to right: or not, each. Itself first. */
const VARIANTS = [false, true].flatMap((transposed) =>
  [false, true].flatMap((down) => [false, true].map((across) => ({ transposed, down, across }))),
);

/**
 * The eight ways in which a square picture can be turned by right angles and mirrored, itself first.
 * @param square `side` x `side` values, row by row
 */
export function dihedralVariants(square: Float32Array, side: number): Float32Array[] {
  return VARIANTS.map((variant) => turned(square, side, variant));
}

/** By index and not by a callback a value: large pictures are turned too. */
function turned(
  square: Float32Array,
  side: number,
  { transposed, down, across }: (typeof VARIANTS)[number],
): Float32Array {
  const result = new Float32Array(square.length);
  const [rightward, downward] = transposed ? [side, 1] : [1, side];
  for (let i = 0, at = 0; i < side; i++) {
    const row = (down ? side - 1 - i : i) * downward;
    for (let j = 0; j < side; j++, at++) {
      result[at] = square[row + (across ? side - 1 - j : j) * rightward] as number;
    }
  }
  return result;
}

/** Where what a variant shows lies in the picture it was made of: a map for each of {@link dihedralVariants}, in their order. */
export const DIHEDRAL_MAPS: readonly FractionMap[] = VARIANTS.map(({ transposed, down, across }) => {
  const [right, below] = [across ? -1 : 1, down ? -1 : 1];
  const [left, top] = [across ? 1 : 0, down ? 1 : 0];
  return transposed
    ? { xx: 0, xy: below, x0: top, yx: right, yy: 0, y0: left }
    : { xx: right, xy: 0, x0: left, yx: 0, yy: below, y0: top };
});
