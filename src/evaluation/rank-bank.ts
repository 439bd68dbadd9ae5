import { type Embedding, similarity } from '../domain/embedding.ts';
import type { NearPicture } from './rank-copy.ts';

/**
 * The pictures of a bank that are nearest to a query, nearest first, by exact search. Of equally near ones wrong ones come
 * first, so that no tie looks better than it is.
 * @param isRight whether what is at a position is what was looked for
 * @param most how many; all where there are fewer
 */
export function rankBank(
  query: Embedding,
  bank: readonly Embedding[],
  isRight: (at: number) => boolean,
  most: number,
): NearPicture[] {
  const similarities = Float64Array.from(bank, (vector) => similarity(query, vector));
  const least =
    bank.length <= most
      ? Number.NEGATIVE_INFINITY
      : (similarities.slice().sort()[bank.length - most] as number);
  const near: Array<NearPicture & { readonly isRight: boolean }> = [];
  for (const [at, value] of similarities.entries()) {
    if (value >= least) {
      near.push({ at, similarity: value, isRight: isRight(at) });
    }
  }
  near.sort((a, b) => b.similarity - a.similarity || Number(a.isRight) - Number(b.isRight));
  return near.slice(0, most).map(({ at, similarity: value }) => ({ at, similarity: value }));
}
