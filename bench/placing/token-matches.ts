/** A patch of one picture and one of another, each nearest to the other: their positions among the patches. */
export interface TokenMatch {
  readonly a: number;
  readonly b: number;
}

/**
 * @param a patch tokens, each of unit length, one after the other; likewise b
 * @param dimensions of a token
 */
export function mutualNearest(a: Float32Array, b: Float32Array, dimensions: number): TokenMatch[] {
  const [rows, columns] = [a.length / dimensions, b.length / dimensions];
  const bestOfA = new Int32Array(rows);
  const bestOfB = new Int32Array(columns);
  const nearestToB = new Float32Array(columns).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < rows; i++) {
    let nearest = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < columns; j++) {
      let similarity = 0;
      for (let d = 0, p = i * dimensions, q = j * dimensions; d < dimensions; d++, p++, q++) {
        similarity += (a[p] as number) * (b[q] as number);
      }
      if (similarity > nearest) {
        nearest = similarity;
        bestOfA[i] = j;
      }
      if (similarity > (nearestToB[j] as number)) {
        nearestToB[j] = similarity;
        bestOfB[j] = i;
      }
    }
  }
  return Array.from(bestOfA, (b, a) => ({ a, b })).filter(({ a, b }) => bestOfB[b] === a);
}
