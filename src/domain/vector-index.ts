import type { Embedding } from './embedding.ts';
import type { PartId } from './picture.ts';

/** An index result. */
export interface Neighbor {
  readonly id: PartId;
  /** Cosine similarity, -1 to 1. */
  readonly similarity: number;
}

/** One entry of a vector space. */
export interface IndexEntry {
  readonly id: PartId;
  readonly embedding: Embedding;
}

/** Nearest neighbors by cosine similarity. Promises, because a network may stand behind it. */
export interface VectorIndex {
  /** Dimension of every embedding in it. */
  readonly dimensions: number;
  /** Number of embeddings in it. */
  size(): Promise<number>;
  /** Every label in it, in no promised order. */
  ids(): Promise<PartId[]>;
  /**
   * Whether it holds exactly this embedding under this label, for each entry.
   * @throws EideticError INVALID_INPUT when an embedding has another dimension
   */
  holds(entries: readonly IndexEntry[]): Promise<boolean[]>;
  /**
   * Adds embeddings, or replaces those whose id is there already.
   * @throws EideticError INVALID_INPUT when an embedding has another dimension
   */
  upsert(entries: readonly IndexEntry[]): Promise<void>;
  /** Removes the ids that are there; others are ignored. */
  remove(ids: readonly PartId[]): Promise<void>;
  /**
   * The `k` nearest, most similar first, ties by ascending id. Fewer only when the index holds fewer.
   * @param k 1 or more; more than the index holds is allowed
   * @throws EideticError INVALID_INPUT when the query has another dimension or `k` is not a whole number above 0
   */
  nearest(query: Embedding, k: number): Promise<Neighbor[]>;
}
