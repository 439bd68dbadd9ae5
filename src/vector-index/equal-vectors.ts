/** Whether two vectors of one dimension have the same value at every position. */
export function areEqualVectors(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) return false;
  }
  return true;
}
