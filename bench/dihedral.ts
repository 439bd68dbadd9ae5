/**
 * The eight ways in which a square picture can be turned by right angles and mirrored, itself first.
 * @param square `side` x `side` values, row by row
 */
export function dihedralVariants(square: Float32Array, side: number): Float32Array[] {
  const variants: Float32Array[] = [];
  for (const transposed of [false, true]) {
    for (const down of [false, true]) {
      for (const across of [false, true]) {
        variants.push(
          Float32Array.from(square, (_, at) => {
            const [i, j] = [Math.floor(at / side), at % side];
            const row = down ? side - 1 - i : i;
            const column = across ? side - 1 - j : j;
            return square[transposed ? column * side + row : row * side + column] as number;
          }),
        );
      }
    }
  }
  return variants;
}
