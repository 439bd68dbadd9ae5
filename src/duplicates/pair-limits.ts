import { EideticError } from '../domain/errors.ts';

/** How many similar pairs a report may come to; one that has more is refused. */
export interface PairLimits {
  /** In all. */
  readonly pairs: number;
  /** Of one picture with others. */
  readonly ofOnePicture: number;
}

/** For who waits at a machine of their own. */
export const ANY_NUMBER_OF_PAIRS: PairLimits = {
  pairs: Number.POSITIVE_INFINITY,
  ofOnePicture: Number.POSITIVE_INFINITY,
};

/** @throws EideticError INVALID_INPUT when it comes to more, since a lower similarity relates ever more pictures */
export function requireFewPairs(found: number, most: number, minSimilarity: number): void {
  if (found > most) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found more than ${most.toLocaleString('en')} pairs at a similarity of ${minSimilarity} or above, more than a report is made of here; name a higher minSimilarity, or run "eidetic duplicates --min-similarity ${minSimilarity}" where the library is.`,
    );
  }
}
