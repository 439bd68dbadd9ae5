/** The nearest picture that a query found. */
export interface NearestHit {
  readonly similarity: number;
  /** Whether it is what was looked for. */
  readonly isMatch: boolean;
}

/** Where matches end and chance begins, both similarities. */
export interface MatchBounds {
  /** At or above it, at least so many of the hits are matches. */
  readonly likely: number;
  /** Below it, at most so many are. */
  readonly unlikely: number;
}

/** Share of matches from which a hit is called likely, and up to which unlikely. */
const LIKELY = 0.9;
const UNLIKELY = 0.1;

/**
 * Finds the bounds in hits of which it is known whether they match.
 * @returns `likely` above every similarity when nowhere enough are matches, `unlikely` below every one when nowhere few
 */
export function matchBounds(hits: readonly NearestHit[]): MatchBounds {
  const descending = [...hits].sort((a, b) => b.similarity - a.similarity);
  const all = descending.filter(({ isMatch }) => isMatch).length;
  let likely = Number.POSITIVE_INFINITY;
  let unlikely = Number.NEGATIVE_INFINITY;
  let matches = 0;
  for (const [i, { similarity, isMatch }] of descending.entries()) {
    const below = descending.length - i;
    if (unlikely === Number.NEGATIVE_INFINITY && (all - matches) / below <= UNLIKELY) {
      unlikely = similarity;
    }
    matches += isMatch ? 1 : 0;
    if (matches / (i + 1) >= LIKELY) {
      likely = similarity;
    }
  }
  return { likely, unlikely };
}
