import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SavedStamp } from '../domain/index-cache.ts';
import { type ExpectedStamp, findMismatch, findWaste } from './check-stamp.ts';
import { type IndexFile, MANIFEST_FILE, parseManifest } from './index-manifest.ts';
import { toSavedIndex } from './saved-index.ts';

/**
 * What a folder's index says of itself, without reading it; null when there is none that loadHnswIndex would load, as
 * far as the manifest and the sizes of its files tell.
 */
export async function findSavedIndex(folder: string, expected: ExpectedStamp): Promise<SavedStamp | null> {
  try {
    const manifest = parseManifest(await readFile(join(folder, MANIFEST_FILE), 'utf8'));
    if (typeof manifest === 'string') {
      return null;
    }
    const saved = toSavedIndex(manifest);
    const isUsable =
      (findMismatch(saved, expected) ?? findWaste(saved)) === null &&
      (await hasItsSize(folder, saved.graph)) &&
      (await hasItsSize(folder, saved.parts));
    return isUsable && saved.position !== null ? { position: saved.position, count: saved.count } : null;
  } catch {
    return null;
  }
}

async function hasItsSize(folder: string, { name, sizeBytes }: IndexFile): Promise<boolean> {
  return (await stat(join(folder, name))).size === sizeBytes;
}
