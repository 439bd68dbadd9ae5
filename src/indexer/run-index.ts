import type { PictureId } from '../domain/picture.ts';
import type { IndexEntry } from '../domain/vector-index.ts';

/** The vector index that a run keeps up with the catalog. */
export interface RunIndex {
  upsert(entries: readonly IndexEntry[]): Promise<void>;
  remove(ids: readonly PictureId[]): Promise<void>;
  /** Writes it to disk as of this catalog generation. */
  save(generation: number): Promise<void>;
}
