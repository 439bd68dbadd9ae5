import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IndexStamp } from '../domain/index-store.ts';
import { digestFile } from './file-digest.ts';
import { type HnswIndex, readHnswIndex } from './hnsw-index.ts';
import { type IndexFile, type IndexManifest, MANIFEST_FILE, parseManifest } from './index-manifest.ts';

/** An index that may be used, or one sentence that says why it must be rebuilt. */
export type LoadedHnswIndex =
  | { readonly index: HnswIndex; readonly generation: number }
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
  expected: IndexStamp,
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
  expected: IndexStamp,
  efSearch?: number,
): Promise<LoadedHnswIndex> {
  if (manifestText === null) return { unusable: `Found no index manifest in ${folder}.` };
  try {
    const manifest = parseManifest(manifestText);
    if (typeof manifest === 'string') return { unusable: manifest };
    const reason =
      findMismatch(manifest, expected) ??
      findWaste(manifest) ??
      (await findDamage(folder, manifest.graph)) ??
      (await findDamage(folder, manifest.pictures));
    if (reason !== null) return { unusable: reason };
    const index = await readFiles(folder, manifest, efSearch);
    if (index === null) return { unusable: 'Found an index whose files contradict its manifest.' };
    return { index, generation: manifest.generation };
  } catch (error) {
    return { unusable: `Could not read the index in ${folder}: ${(error as Error).message}.` };
  }
}

/** Removed pictures leave points behind that only a rebuild frees; below this many it is not worth one. */
const TOLERATED_WASTE = 10_000;

function findWaste({ count, points }: IndexManifest): string | null {
  const isWasteful = points > 2 * count + TOLERATED_WASTE;
  return isWasteful ? `Found an index of ${points} points for ${count} pictures; most were removed.` : null;
}

function findMismatch(found: IndexManifest, expected: IndexStamp): string | null {
  for (const property of ['modelKey', 'space', 'dimensions'] as const) {
    if (found[property] !== expected[property]) {
      return `Found an index of ${property} ${found[property]}, expected ${expected[property]}.`;
    }
  }
  if (found.generation > expected.generation) {
    return (
      `Found an index of generation ${found.generation}, newer than the catalog's ${expected.generation}; ` +
      'the catalog was probably restored from a backup.'
    );
  }
  return null;
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
  { dimensions, m, efConstruction, count, points, graph, pictures }: IndexManifest,
  efSearch?: number,
): Promise<HnswIndex | null> {
  const files = { graph: join(folder, graph.name), pictures: join(folder, pictures.name) };
  const index = await readHnswIndex({ dimensions, m, efConstruction }, files, efSearch);
  if (index === null) return null;
  const isAsWritten = (await index.size()) === count && index.pointCount() === points;
  return isAsWritten ? index : null;
}
