import { join } from 'node:path';
import type { IndexCache } from '../domain/index-cache.ts';
import { findSavedIndex } from './find-saved-index.ts';
import { createHnswIndex, type HnswIndex } from './hnsw-index.ts';
import { indexFolderName } from './index-folders.ts';
import { loadHnswIndex } from './load-hnsw-index.ts';
import { saveHnswIndex } from './save-hnsw-index.ts';

/**
 * Keeps HNSW indexes under a folder, one folder for each space of each model. Saves the indexes that it made or
 * loaded, and no others.
 * @param root absolute; made when an index is saved
 */
export function hnswIndexCache(root: string): IndexCache {
  const folderOf = (stamp: { readonly spaceId: string; readonly modelKey: string }) =>
    join(root, indexFolderName(stamp));
  return {
    create: (dimensions) => createHnswIndex({ dimensions }),
    find: (expected) => findSavedIndex(folderOf(expected), expected),
    load: (expected) => loadHnswIndex(folderOf(expected), expected),
    save: (index, stamp) => saveHnswIndex(index as HnswIndex, folderOf(stamp), stamp),
  };
}
