import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { IndexProgress, IndexSummary } from '../indexer/index-files.ts';
import { mergeByPath } from '../indexer/merge-by-path.ts';
import { finishRemovals } from '../uploads/upload-pictures.ts';
import { indexLibrary, PLAIN_RUN } from './index-library.ts';
import type { Library } from './library.ts';

/** How long uploads in progress are waited for. */
const PATIENCE_MS = 20_000;

/**
 * Takes uploads into the library that lie in its folder and that no picture lists: a kill came between their
 * publishing and their commit, or the catalog was lost, or restored from a backup that is older than they are. A client
 * may believe each of them to be kept, so they are taken and never removed; only those go whose removal was begun.
 * Bytes that are not what their name says are left alone, and told of.
 * @returns what became of them; null when there were none, or when no new picture can be described
 * @throws EideticError CATALOG_BUSY when another process is indexing; what indexLibrary throws
 */
export async function takeUploadsBack(
  library: Library,
  onProgress: (progress: IndexProgress) => void,
  signal: AbortSignal,
): Promise<IndexSummary | null> {
  const { catalog, cannotDescribe, logger, uploads } = library;
  if (cannotDescribe !== null) {
    return null;
  }
  const unlisted = await unlistedUploads(library, signal);
  if (unlisted.length === 0) {
    return null;
  }
  logger.warn('takes uploads into the library that no picture lists', { files: unlisted.length });
  await catalog.files.keepUploadsIn(uploads.root);
  return indexLibrary(library, { ...PLAIN_RUN, roots: [], listed: unlisted }, onProgress, signal);
}

/** Paths of whole uploads that no picture lists, ascending. */
async function unlistedUploads(library: Library, signal: AbortSignal): Promise<string[]> {
  const { catalog, uploads, logger } = library;
  const { files } = catalog;
  const seen: string[] = [];
  for await (const { found, known } of mergeByPath(uploads.files(), files.knownUploads([]))) {
    signal.throwIfAborted();
    if (found !== null && (known?.indexed ?? null) === null) {
      seen.push(found.path);
    }
  }
  if (seen.length + (await uploads.notedRemovals()).length > 0) {
    await awaitUploads(library);
  }
  const whole: string[] = [];
  for (const path of seen) {
    signal.throwIfAborted();
    if (((await files.knownFile(path, []))?.indexed ?? null) !== null) {
      continue; // it was being uploaded
    }
    const hash = await hashOf(path);
    if (hash !== null && basename(path).startsWith(`${hash}.`)) {
      whole.push(path);
    } else if (hash !== null) {
      logger.warn('an upload is not what its name says, so it is left where it is', { path });
    }
  }
  return whole;
}

/** Lets uploads in progress end, in whichever process, and ends removals that were cut short. */
async function awaitUploads({ catalog, lock, uploads }: Library): Promise<void> {
  const held = await lock.acquire('upload', PATIENCE_MS);
  try {
    await finishRemovals({ files: catalog.files, folder: uploads });
  } finally {
    await held.release();
  }
}

/** SHA-256 of a file, hex; null when it cannot be read (any more). */
async function hashOf(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path)) {
      hash.update(piece as Buffer);
    }
  } catch {
    return null;
  }
  return hash.digest('hex');
}
