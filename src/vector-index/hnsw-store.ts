import { join } from 'node:path';
import type { IndexStore } from '../domain/index-store.ts';
import { createHnswIndex, type HnswIndex } from './hnsw-index.ts';
import { loadHnswIndex } from './load-hnsw-index.ts';
import { saveHnswIndex } from './save-hnsw-index.ts';

/** Digits of the model key in a folder's name: enough to tell a library's models apart. */
const KEY_DIGITS = 12;

/**
 * Keeps HNSW indexes under a folder, one folder for each space of each model.
 * @param root absolute; made when an index is saved
 */
export function hnswStore(root: string): IndexStore {
  const folderOf = (stamp: { readonly space: string; readonly modelKey: string }) =>
    join(root, `${stamp.space}-${stamp.modelKey.slice(0, KEY_DIGITS)}`);
  return {
    create: (dimensions) => createHnswIndex({ dimensions }),
    load: (expected) => loadHnswIndex(folderOf(expected), expected),
    save: (index, stamp) => saveHnswIndex(index as HnswIndex, folderOf(stamp), stamp),
  };
}
