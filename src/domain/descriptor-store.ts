import type { DescribedVector } from './descriptor.ts';
import type { Embedding } from './embedding.ts';
import type { PartId, PictureId } from './picture.ts';
import type { VectorSource } from './space.ts';
import type { IndexEntry, Neighbor } from './vector-index.ts';

/**
 * A moment in a store's history, as text. Only the store that gave it can tell what lies after it; nobody may compare
 * two but for being the same, since stores with several writers have no one counter.
 */
export type FeedPosition = string;

/** A piece of what changed. Applying every piece of a feed, in order, brings an index to the last one's position. */
export interface VectorChanges {
  readonly upserted: readonly IndexEntry[];
  readonly removed: readonly PartId[];
  /** Where an index is that has applied all up to here; null within a feed. */
  readonly position: FeedPosition | null;
}

/** A vector with the part and the picture it describes. */
export interface PictureVector extends IndexEntry {
  readonly picture: PictureId;
}

/** Vectors of parts, and the feed by which indexes follow them. */
export interface DescriptorStore {
  /**
   * Adds or replaces vectors of parts that are there; of one part named twice the last counts.
   * @throws EideticError MODEL_MISMATCH when the model is not known; NOT_FOUND when a part is not there
   */
  put(
    source: VectorSource,
    vectors: ReadonlyArray<DescribedVector & { readonly part: PartId }>,
  ): Promise<void>;
  /**
   * Where the store is now: another with every commit that changes anything. A store should give the same while nothing
   * of its own changes, but may give another.
   */
  position(): Promise<FeedPosition>;
  /** Whether a position lies in this store's own history: false for one of another, or of a restored backup's future. */
  knows(position: FeedPosition): Promise<boolean>;
  /**
   * What was committed after a position, up to where the store is when this begins; the last piece has that position.
   * A change told twice is the same change.
   * @param after null for everything
   */
  changes(source: VectorSource, after: FeedPosition | null): AsyncIterable<VectorChanges>;
  /** The number of vectors, and the position at which it was counted. */
  count(source: VectorSource): Promise<{ readonly count: number; readonly position: FeedPosition }>;
  /** Vectors of these parts, ascending by part; those that have none are left out. */
  vectors(source: VectorSource, parts: readonly PartId[]): Promise<IndexEntry[]>;
  /** Vectors of all parts of these pictures, ascending by part. */
  vectorsOfPictures(source: VectorSource, pictures: readonly PictureId[]): Promise<PictureVector[]>;
  /** The vector of the whole of a picture. */
  vectorOfPicture(source: VectorSource, picture: PictureId): Promise<Embedding | null>;
  /** The `k` parts most similar to a query, by comparing every vector; most similar first, ties by ascending part. */
  nearestExactly(source: VectorSource, query: Embedding, k: number): Promise<Neighbor[]>;
}
