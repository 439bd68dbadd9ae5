import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FeedPosition } from '../domain/descriptor-store.ts';
import { type ExpectedStamp, findMismatch, findWaste } from './check-stamp.ts';
import { digestFile } from './file-digest.ts';
import { type HnswIndex, readHnswIndex } from './hnsw-index.ts';
import { type IndexFile, MANIFEST_FILE, parseManifest } from './index-manifest.ts';
import { type SavedIndex, toSavedIndex } from './saved-index.ts';

/** An index that may be used (see LoadedIndex for its position), or one sentence that says why not. */
export type LoadedHnswIndex =
  | { readonly index: HnswIndex; readonly position: FeedPosition | null }
  | { readonly unusable: string };

/** A save replaces files that another process may be reading just then; that often in a row is no chance. */
const LOAD_TRIES = 3;

/**
 * Loads the index that `saveHnswIndex` left in a folder. Everything is checked before the native library sees a
 * byte, because that library loads whatever it is given. Damage is an answer and never an exception.
 * @param efSearch candidates a search keeps, 1 or more
 */
export async function loadHnswIndex(
  folder: string,
  expected: ExpectedStamp,
  efSearch?: number,
): Promise<LoadedHnswIndex> {
  for (let tries = 1; ; tries++) {
    const before = await readManifestText(folder);
    const loaded = await loadOnce(folder, before, expected, efSearch);
    if ('index' in loaded || tries === LOAD_TRIES || (await readManifestText(folder)) === before) {
      return loaded;
    }
  }
}

async function readManifestText(folder: string): Promise<string | null> {
  return readFile(join(folder, MANIFEST_FILE), 'utf8').catch(() => null);
}

async function loadOnce(
  folder: string,
  manifestText: string | null,
  expected: ExpectedStamp,
  efSearch?: number,
): Promise<LoadedHnswIndex> {
  if (manifestText === null) return { unusable: `Found no index manifest in ${folder}.` };
  try {
    const manifest = parseManifest(manifestText);
    if (typeof manifest === 'string') return { unusable: manifest };
    const saved = toSavedIndex(manifest);
    const reason =
      findMismatch(saved, expected) ??
      findWaste(saved) ??
      (await findDamage(folder, saved.graph)) ??
      (await findDamage(folder, saved.parts));
    if (reason !== null) return { unusable: reason };
    const index = await readFiles(folder, saved, efSearch);
    if (index === null) return { unusable: 'Found an index whose files contradict its manifest.' };
    return { index, position: saved.position };
  } catch (error) {
    return { unusable: `Could not read the index in ${folder}: ${(error as Error).message}.` };
  }
}

async function findDamage(folder: string, expected: IndexFile): Promise<string | null> {
  const found = await digestFile(join(folder, expected.name));
  if (found.sizeBytes !== expected.sizeBytes) {
    return `Found ${found.sizeBytes} bytes in ${expected.name}, expected ${expected.sizeBytes}.`;
  }
  if (found.sha256 !== expected.sha256) return `Found ${expected.name} changed since it was written.`;
  return null;
}

async function readFiles(
  folder: string,
  { stamp: { dimensions }, m, efConstruction, count, points, graph, parts }: SavedIndex,
  efSearch?: number,
): Promise<HnswIndex | null> {
  const files = { graph: join(folder, graph.name), parts: join(folder, parts.name) };
  const index = await readHnswIndex({ dimensions, m, efConstruction }, files, efSearch);
  if (index === null) return null;
  const isAsWritten = (await index.size()) === count && index.pointCount() === points;
  return isAsWritten ? index : null;
}
