import type { FileLedger } from '../domain/file-ledger.ts';
import { isAtOrBelow } from '../domain/is-below.ts';
import type { Root } from '../domain/roots.ts';
import { inBatches } from './in-batches.ts';
import { lookAtRoot } from './look-at-root.ts';

const BATCH = 1_000;

/**
 * Forgets roots that files have moved out of, if nothing is there any more and all their pictures are elsewhere now: a
 * folder that was renamed is not to be waited for.
 */
export async function forgetMovedRoots(
  files: Pick<FileLedger, 'knownFiles' | 'failures' | 'commit' | 'removeRoots'>,
  roots: Iterable<Root>,
): Promise<void> {
  for (const root of roots) {
    const isAbsent = (await lookAtRoot(root.path)).kind === 'absent';
    if (isAbsent && !(await hasPictures(files, root))) {
      await removeFailures(files, root);
      await files.removeRoots([root.id]);
    }
  }
}

async function hasPictures(files: Pick<FileLedger, 'knownFiles'>, { id }: Root): Promise<boolean> {
  for await (const { indexed } of files.knownFiles(id, [])) {
    if (indexed !== null) {
      return true;
    }
  }
  return false;
}

/** What was not indexed of a folder is not to become another's. */
async function removeFailures(
  files: Pick<FileLedger, 'knownFiles' | 'failures' | 'commit'>,
  { id, path: folder }: Root,
): Promise<void> {
  for await (const known of inBatches(files.knownFiles(id, []), BATCH)) {
    await files.commit({ files: [], failures: [], removed: known.map(({ path }) => path) });
  }
  const names: Uint8Array[] = [];
  for await (const { rawPath, stamp } of files.failures()) {
    if (rawPath !== null && isAtOrBelow(stamp.path, folder)) {
      names.push(rawPath);
    }
  }
  await files.commit({ files: [], failures: [], removed: [], removedNames: names });
}
