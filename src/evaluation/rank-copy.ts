import { type Embedding, similarity } from '../domain/embedding.ts';

/** A picture of the bank, and how near it came. */
export interface NearPicture {
  /** Position in the bank. */
  readonly at: number;
  readonly similarity: number;
}

/** What an edited copy found in the bank. */
export interface CopyRanking {
  readonly edit: string;
  /** Position of the picture that it was made from. */
  readonly original: number;
  /** Of the copy and its original. */
  readonly similarity: number;
  /** The nearest other pictures, nearest first, {@link OTHERS_KEPT} at most. */
  readonly others: readonly NearPicture[];
}

/** Hits of a query that count: as in DINO's evaluation of copy detection (eval_copy_detection.py). */
export const OTHERS_KEPT = 20;

/**
 * Compares a copy with every picture of the bank.
 * @param leftOut position of a picture that is neither right nor wrong, as the one that an inset was put into; null for none
 */
export function rankCopy(
  copy: Embedding,
  original: number,
  bank: readonly Embedding[],
  leftOut: number | null,
): Omit<CopyRanking, 'edit'> {
  const others: NearPicture[] = [];
  for (let at = 0; at < bank.length; at++) {
    if (at === original || at === leftOut) {
      continue;
    }
    const near = similarity(copy, bank[at] as Embedding);
    if (others.length < OTHERS_KEPT || near > (others.at(-1) as NearPicture).similarity) {
      const place = others.findLastIndex((other) => other.similarity >= near) + 1;
      others.splice(place, 0, { at, similarity: near });
      others.length = Math.min(others.length, OTHERS_KEPT);
    }
  }
  return { original, similarity: similarity(copy, bank[original] as Embedding), others };
}

/** The picture that came first instead of the original; null when the original did. Of equally near ones the original is last. */
export function firstInstead({ similarity, others: [first] }: CopyRanking): NearPicture | null {
  return first !== undefined && first.similarity >= similarity ? first : null;
}
