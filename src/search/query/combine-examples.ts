import { type Embedding, toEmbedding } from '../../domain/embedding.ts';

/**
 * The mean of the positive examples, pushed away from the mean of the negative ones by as much as they differ:
 * 2 positive - negative (Qdrant's "average vector" strategy).
 * @param positive one or more, of one dimension
 * @param negative of the same dimension; may be none
 * @throws EideticError INVALID_INPUT when they cancel each other out
 */
export function combineExamples(positive: readonly Embedding[], negative: readonly Embedding[]): Embedding {
  const wanted = mean(positive);
  const unwanted = mean(negative);
  return toEmbedding(
    unwanted.length === 0 ? wanted : wanted.map((value, i) => 2 * value - (unwanted[i] as number)),
  );
}

/** Empty for no vectors. */
function mean(vectors: readonly Embedding[]): number[] {
  const sum = new Array<number>(vectors[0]?.length ?? 0).fill(0);
  for (const vector of vectors) {
    vector.forEach((value, i) => {
      sum[i] = (sum[i] as number) + value / vectors.length;
    });
  }
  return sum;
}
