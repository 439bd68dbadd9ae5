/** Cosine similarity lies between these, and so does every `minSimilarity`, both included. */
export const LEAST_SIMILARITY = -1;
export const MOST_SIMILARITY = 1;

/**
 * Vectors are float32, and an index adds up their products in another order than exact search does: the similarity of
 * two pictures comes out so far apart at most.
 */
const ROUNDING = 0.000_001;

/** Digits behind the point that persons are shown. */
const SHOWN_DIGITS = 4;

/** The rule of every `minSimilarity`, for who asks. */
export const MIN_SIMILARITY_RULE =
  'cosine similarity, -1 to 1; what is exactly so similar counts too, and so does what float32 rounds to 0.000001 below it';

/**
 * Whether a picture is similar enough: the one comparison with every `minSimilarity`, so that a similarity that an
 * answer tells, given back, includes the picture that it was told of.
 */
export function isAtLeast(similarity: number, minSimilarity: number): boolean {
  return similarity >= minSimilarity - ROUNDING;
}

/** Whether a number can be asked for as `minSimilarity`. */
export function isMinSimilarity(value: number): boolean {
  return value >= LEAST_SIMILARITY && value <= MOST_SIMILARITY;
}

/** A similarity for persons, rounded down: typed as a least similarity it includes what it was shown of. */
export function shownSimilarity(similarity: number): string {
  const scale = 10 ** SHOWN_DIGITS;
  return (Math.floor((similarity + ROUNDING) * scale) / scale).toFixed(SHOWN_DIGITS);
}
