import type { FeedPosition } from './descriptor-store.ts';
import type { SpaceId } from './space.ts';
import type { VectorIndex } from './vector-index.ts';

/** What a stored index was made of. It is used only when all of it is as expected. */
export interface IndexStamp {
  /** The catalog's own random id. */
  readonly libraryId: string;
  readonly spaceId: SpaceId;
  readonly revision: number;
  readonly modelKey: string;
  readonly dimensions: number;
  /** Position in the feed of vectors that the index reflects. */
  readonly position: FeedPosition;
}

/** A vector index as last saved, or why it cannot be used. */
export type LoadedIndex =
  | {
      readonly index: VectorIndex;
      /** Null for an index from before stamps named a library: each of its vectors must be checked. */
      readonly position: FeedPosition | null;
    }
  | { readonly unusable: string };

/** What a stored index says of itself, to whoever has not loaded it. */
export interface SavedStamp extends Pick<IndexStamp, 'position'> {
  /** Vectors in it. */
  readonly count: number;
}

/** Where vector indexes are kept between runs. A cache: everything in it can be made again from the catalog. */
export interface IndexCache {
  /** An empty index. */
  create(dimensions: number): VectorIndex;
  /** The saved index from outside; null when it cannot be used, as far as that shows without reading it. */
  find(expected: Omit<IndexStamp, 'position'>): Promise<SavedStamp | null>;
  /** The saved index, verified before it is loaded. Never throws for a damaged one. */
  load(expected: Omit<IndexStamp, 'position'>): Promise<LoadedIndex>;
  /**
   * Replaces what was saved, all or nothing. Two at once must be kept apart by the lock `index`.
   * @throws EideticError INDEX_UNUSABLE when it cannot be written; what was saved before stays
   */
  save(index: VectorIndex, stamp: IndexStamp): Promise<void>;
}
