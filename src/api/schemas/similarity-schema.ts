import { z } from 'zod';
import { LEAST_SIMILARITY, MIN_SIMILARITY_RULE, MOST_SIMILARITY } from '../../domain/least-similarity.ts';
import { fromDecimal } from './from-digits.ts';

/** A similarity as answers tell it. */
export const similaritySchema = z
  .number()
  .min(LEAST_SIMILARITY)
  .max(MOST_SIMILARITY)
  .describe('cosine similarity, -1 to 1, exact to 0.000001');

/** `minSimilarity` in JSON. @param what it is the least of, and what goes without it */
export function minSimilaritySchema(what: string) {
  return z.number().min(LEAST_SIMILARITY).max(MOST_SIMILARITY).describe(`${what}; ${MIN_SIMILARITY_RULE}`);
}

/** The same in a query string or a form. */
export function minSimilarityTextSchema(what: string) {
  return fromDecimal(z.number().min(LEAST_SIMILARITY).max(MOST_SIMILARITY)).describe(
    `${what}; ${MIN_SIMILARITY_RULE}`,
  );
}
