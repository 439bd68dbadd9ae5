import { join } from 'node:path';
import type { IndexCache } from '../domain/index-cache.ts';
import { createHnswIndex, type HnswIndex } from './hnsw-index.ts';
import { loadHnswIndex } from './load-hnsw-index.ts';
import { saveHnswIndex } from './save-hnsw-index.ts';

/** Digits of the model key in a folder's name: enough to tell a library's models apart. */
const KEY_DIGITS = 12;

/**
 * Keeps HNSW indexes under a folder, one folder for each space of each model. Saves the indexes that it made or
 * loaded, and no others.
 * @param root absolute; made when an index is saved
 */
export function hnswIndexCache(root: string): IndexCache {
  const folderOf = (stamp: { readonly spaceId: string; readonly modelKey: string }) =>
    join(root, `${stamp.spaceId}-${stamp.modelKey.slice(0, KEY_DIGITS)}`);
  return {
    create: (dimensions) => createHnswIndex({ dimensions }),
    load: (expected) => loadHnswIndex(folderOf(expected), expected),
    save: (index, stamp) => saveHnswIndex(index as HnswIndex, folderOf(stamp), stamp),
  };
}
