import type { FeedPosition } from '../domain/descriptor-store.ts';
import type { IndexStamp } from '../domain/index-cache.ts';
import type { FormerManifest, IndexFile, IndexManifest } from './index-manifest.ts';

/** A saved index as loading needs it, whatever its format. */
export interface SavedIndex {
  /** What it says of its origin; one of the former format names no library, revision or position. */
  readonly stamp: Omit<IndexStamp, 'position' | 'libraryId' | 'revision'> &
    Partial<Pick<IndexStamp, 'libraryId' | 'revision'>>;
  readonly position: FeedPosition | null;
  readonly m: number;
  readonly efConstruction: number;
  /** Parts in it. */
  readonly count: number;
  /** Vectors in the graph. */
  readonly points: number;
  readonly graph: IndexFile;
  readonly parts: IndexFile;
}

/** Takes a manifest apart. */
export function toSavedIndex(manifest: IndexManifest | FormerManifest): SavedIndex {
  if (manifest.format === 1) {
    const { modelKey, space, dimensions, pictures } = manifest;
    return { ...manifest, stamp: { spaceId: space, modelKey, dimensions }, position: null, parts: pictures };
  }
  const { libraryId, spaceId, revision, modelKey, dimensions } = manifest;
  return { ...manifest, stamp: { libraryId, spaceId, revision, modelKey, dimensions } };
}
