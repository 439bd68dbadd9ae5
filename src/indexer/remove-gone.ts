import { lstat } from 'node:fs/promises';
import type { FileLedger, FileMark } from '../domain/file-ledger.ts';
import type { LibraryLock } from '../domain/library-lock.ts';
import { isAbsent } from './describe-system-error.ts';
import { inBatches } from './in-batches.ts';
import type { IndexPlan } from './index-plan.ts';
import { spelledOnDisk } from './spelled-on-disk.ts';

/** What has left the catalog. */
export interface Removal {
  /** Gone paths whose picture another path has that came in this run. */
  readonly moved: number;
  /** Other gone paths. */
  readonly removed: number;
  readonly excluded: number;
}

/** How long uploads and the ends of other runs are waited for. */
const PATIENCE_MS = 60_000;

const BATCH = 1_000;

/**
 * Ends a run: what is gone leaves the catalog, and so do pictures that no file holds any more. Uploads wait meanwhile,
 * since they count on the pictures they have looked up.
 * @param newestFile the mark of FileLedger.newestFile from before the run
 * @param mayPrune whether every new file was read: one that was not may hold a picture that no file holds any more
 * @throws EideticError CATALOG_BUSY
 */
export async function removeGone(
  { files, lock }: { readonly files: FileLedger; readonly lock: LibraryLock },
  plan: IndexPlan,
  newestFile: FileMark,
  mayPrune: boolean,
): Promise<Removal> {
  const held = await lock.acquire('upload', PATIENCE_MS);
  try {
    let moved = await removeRenamed(files, plan, newestFile);
    let removed = 0;
    for await (const paths of inBatches(plan.removed, BATCH)) {
      const gone = await stillAbsent(paths);
      const result = await files.commit({ files: [], failures: [], removed: gone }, newestFile);
      moved += result.moved;
      removed += gone.length - result.moved;
    }
    for await (const paths of inBatches(plan.excluded, BATCH)) {
      await files.commit({ files: [], failures: [], removed: paths });
    }
    for await (const names of inBatches(plan.removedNames, BATCH)) {
      const removedNames = names.map((name) => Buffer.from(name, 'hex'));
      await files.commit({ files: [], failures: [], removed: [], removedNames });
    }
    if (mayPrune) {
      await files.pruneOrphans();
    }
    await files.removeRoots(plan.goneRoots);
    return { moved, removed, excluded: plan.excluded.count };
  } finally {
    await held.release();
  }
}

/**
 * Files in places that are empty now, and whose names this run found elsewhere, have moved; the others are away.
 * @returns how many have moved
 */
async function removeRenamed(files: FileLedger, plan: IndexPlan, newestFile: FileMark): Promise<number> {
  let moved = 0;
  for await (const missed of inBatches(plan.missed, BATCH)) {
    const renamed = new Set(
      await files.renamed(await stillAbsent(missed.map(({ path }) => path)), newestFile),
    );
    if (renamed.size > 0) {
      await files.commit({ files: [], failures: [], removed: [...renamed] });
    }
    moved += renamed.size;
    for (const { path, place, reason } of missed) {
      if (!renamed.has(path)) {
        plan.away.add(place, reason, 1);
      }
    }
  }
  return moved;
}

/**
 * A run can take hours: what has come back meanwhile stays, and the next run reads it. A file that answers to its former
 * name because its disk does not tell upper from lower case has not come back: by two names it would look like two copies.
 */
async function stillAbsent(paths: readonly string[]): Promise<string[]> {
  const folders = new Map<string, string>();
  const isGone = await Promise.all(
    paths.map(async (path) => {
      try {
        const stats = await lstat(path);
        const isThere = stats.isFile() || stats.isSymbolicLink();
        return !isThere || (await spelledOnDisk(path, folders)) !== path;
      } catch (error) {
        return isAbsent(error);
      }
    }),
  );
  return paths.filter((_, i) => isGone[i]);
}
