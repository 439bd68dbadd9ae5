import { EideticError } from '../domain/errors.ts';

/** @throws EideticError INVALID_INPUT when `k` is not a whole number above 0 */
export function requireNeighborCount(k: number): void {
  if (!Number.isSafeInteger(k) || k < 1) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found k = ${k}, expected a whole number of neighbors, 1 or more.`,
    );
  }
}
