import { type BitHash, packBits } from './bit-hash.ts';

/** Side of the square picture that it takes, pixels: nine times eight. */
export const DIFFERENCE_SIDE = 72;

const [COLUMNS, ROWS] = [9, 8];

/**
 * 64-bit difference hash (dHash; N. Krawetz, Kind of Like That, 2013): 9 x 8 means of gray, each 1 where the one to the
 * right is brighter.
 * @param gray a picture squashed to {@link DIFFERENCE_SIDE} pixels each way, row by row
 */
export function differenceHash(gray: Float32Array): BitHash {
  const means = Array.from({ length: ROWS * COLUMNS }, (_, at) =>
    sumOfCell(gray, at % COLUMNS, Math.floor(at / COLUMNS)),
  );
  const bits: boolean[] = [];
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column + 1 < COLUMNS; column++) {
      const at = row * COLUMNS + column;
      bits.push((means[at + 1] as number) > (means[at] as number));
    }
  }
  return packBits(bits);
}

/** All cells have as many pixels: sums compare as means do. */
function sumOfCell(gray: Float32Array, column: number, row: number): number {
  const [width, height] = [DIFFERENCE_SIDE / COLUMNS, DIFFERENCE_SIDE / ROWS];
  let sum = 0;
  for (let y = row * height; y < (row + 1) * height; y++) {
    for (let x = column * width; x < (column + 1) * width; x++) {
      sum += gray[y * DIFFERENCE_SIDE + x] as number;
    }
  }
  return sum;
}
