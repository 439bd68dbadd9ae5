/** Below it, in proportion to the largest, a pivot counts as none. */
const SINGULAR = 1e-12;

/**
 * Solves n equations by Gaussian elimination with partial pivoting.
 * @param matrix n x n, row by row; left as it is
 * @param right n values; left as they are
 * @returns n values, or null where the equations have no single answer
 */
export function solveLinear(matrix: Float64Array, right: Float64Array): Float64Array | null {
  const n = right.length;
  const rows = Array.from({ length: n }, (_, i) => [
    ...matrix.subarray(n * i, n * i + n),
    right[i] as number,
  ]) as number[][];
  const largest = Math.max(...matrix.map(Math.abs));
  for (let column = 0; column < n; column++) {
    const pivot = pivotBelow(rows, column);
    const top = rows[pivot] as number[];
    if (Math.abs(top[column] as number) <= SINGULAR * largest) {
      return null;
    }
    [rows[column], rows[pivot]] = [top, rows[column] as number[]];
    for (let row = column + 1; row < n; row++) {
      eliminate(rows[row] as number[], top, column);
    }
  }
  const solution = new Float64Array(n);
  for (let i = n - 1; i >= 0; i--) {
    const row = rows[i] as number[];
    let rest = row[n] as number;
    for (let j = i + 1; j < n; j++) {
      rest -= (row[j] as number) * (solution[j] as number);
    }
    solution[i] = rest / (row[i] as number);
  }
  return solution;
}

function pivotBelow(rows: readonly number[][], column: number): number {
  let best = column;
  for (let row = column + 1; row < rows.length; row++) {
    if (Math.abs(rows[row]?.[column] as number) > Math.abs(rows[best]?.[column] as number)) {
      best = row;
    }
  }
  return best;
}

function eliminate(row: number[], top: readonly number[], column: number): void {
  const factor = (row[column] as number) / (top[column] as number);
  for (let j = column; j < row.length; j++) {
    row[j] = (row[j] as number) - factor * (top[j] as number);
  }
}
