import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EideticError } from '../domain/errors.ts';
import type { IndexStamp } from '../domain/index-cache.ts';
import { publishFile } from './durable-file.ts';
import { digestFile } from './file-digest.ts';
import type { HnswIndex } from './hnsw-index.ts';
import { GRAPH_METRIC } from './hnsw-settings.ts';
import {
  formatManifest,
  INDEX_FILE_PATTERN,
  INDEX_FORMAT,
  type IndexFile,
  type IndexManifest,
  MANIFEST_FILE,
} from './index-manifest.ts';

/** The dimension is the index's own. */
type SaveStamp = Omit<IndexStamp, 'dimensions'>;

const TEMPORARY = '.tmp';

/**
 * Saves an index in its folder, which is made when missing. Stopped at any moment, even by a power loss, the folder
 * holds either the index that was there or the new one, whole. Two saves into one folder must not run at once.
 * @throws EideticError INDEX_UNUSABLE when it cannot be written; the index that was there is kept
 */
export async function saveHnswIndex(index: HnswIndex, folder: string, stamp: SaveStamp): Promise<void> {
  const base = `index-${randomBytes(4).toString('hex')}`;
  try {
    await mkdir(folder, { recursive: true });
    await prepareFiles(index, folder, base, stamp);
    await publishManifest(folder, base);
  } catch (cause) {
    throw new EideticError(
      'INDEX_UNUSABLE',
      `Could not save the index in ${folder} (${describe(cause)}); free disk space or make the folder writable, ` +
        'then run again. The index that was there is kept, and nothing of the catalog is lost.',
      { cause },
    );
  }
  await removeIndexFiles(folder, (name) => !name.startsWith(base));
}

/** Writes everything but the manifest's final name. When that fails, nothing is left to fill the disk. */
async function prepareFiles(index: HnswIndex, folder: string, base: string, stamp: SaveStamp): Promise<void> {
  try {
    const manifest = await writeFiles(index, folder, base, stamp);
    await writeFile(join(folder, MANIFEST_FILE + TEMPORARY), formatManifest(manifest));
  } catch (error) {
    await removeIndexFiles(folder, (name) => name.startsWith(base));
    throw error;
  }
}

/** Gives the manifest its name. When that fails, the files that it describes are nobody's, and go. */
async function publishManifest(folder: string, base: string): Promise<void> {
  const path = join(folder, MANIFEST_FILE);
  try {
    await publishFile(path + TEMPORARY, path);
  } catch (error) {
    const published = await readFile(path, 'utf8').catch(() => '');
    if (!published.includes(base)) {
      await removeIndexFiles(folder, (name) => name.startsWith(base));
    }
    throw error;
  }
}

async function writeFiles(
  index: HnswIndex,
  folder: string,
  base: string,
  stamp: SaveStamp,
): Promise<IndexManifest> {
  const graphName = `${base}.hnsw`;
  const partsName = `${base}.parts`;
  const written = await index.write({
    graph: join(folder, graphName + TEMPORARY),
    parts: join(folder, partsName + TEMPORARY),
  });
  return {
    format: INDEX_FORMAT,
    libraryId: stamp.libraryId,
    spaceId: stamp.spaceId,
    revision: stamp.revision,
    modelKey: stamp.modelKey,
    dimensions: index.shape.dimensions,
    position: stamp.position,
    metric: GRAPH_METRIC,
    m: index.shape.m,
    efConstruction: index.shape.efConstruction,
    count: written.parts,
    points: written.points,
    graph: await publishIndexFile(folder, graphName),
    parts: await publishIndexFile(folder, partsName),
  };
}

async function publishIndexFile(folder: string, name: string): Promise<IndexFile> {
  const path = join(folder, name);
  const { sizeBytes, sha256 } = await digestFile(path + TEMPORARY);
  await publishFile(path + TEMPORARY, path);
  return { name, sizeBytes, sha256 };
}

/** What cannot be removed now only takes space, and the next save tries again; so it never fails a save. */
async function removeIndexFiles(folder: string, isUnwanted: (name: string) => boolean): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((name) => INDEX_FILE_PATTERN.test(name) && isUnwanted(name))) {
    await rm(join(folder, name), { force: true }).catch(() => undefined);
  }
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
