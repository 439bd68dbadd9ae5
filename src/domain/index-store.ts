import type { SpaceId } from './space.ts';
import type { VectorIndex } from './vector-index.ts';

/** What a stored index was made of. It is used only when all of it is as expected. */
export interface IndexStamp {
  readonly modelKey: string;
  readonly space: SpaceId;
  readonly dimensions: number;
  /** Catalog generation the index reflects. */
  readonly generation: number;
}

/** A vector index as last saved, or why it cannot be used. */
export type LoadedIndex =
  | { readonly index: VectorIndex; readonly generation: number }
  | { readonly unusable: string };

/** Where vector indexes are kept between runs. A cache: everything in it can be made again from the catalog. */
export interface IndexStore {
  /** An empty index. */
  create(dimensions: number): VectorIndex;
  /**
   * The saved index, verified before it is loaded. Never throws for a damaged one.
   * @param expected `generation` is the catalog's: a newer index belongs to another catalog
   */
  load(expected: IndexStamp): Promise<LoadedIndex>;
  /**
   * Replaces what was saved, all or nothing.
   * @throws EideticError INDEX_UNUSABLE when it cannot be written; what was saved before stays
   */
  save(index: VectorIndex, stamp: IndexStamp): Promise<void>;
}
