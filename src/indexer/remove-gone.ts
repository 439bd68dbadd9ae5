import { lstat } from 'node:fs/promises';
import type { FileLedger, FileMark } from '../domain/file-ledger.ts';
import type { LibraryLock } from '../domain/library-lock.ts';
import { isAbsent } from './describe-system-error.ts';
import { inBatches } from './in-batches.ts';
import type { IndexPlan } from './index-plan.ts';

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
 * @throws EideticError CATALOG_BUSY
 */
export async function removeGone(
  { files, lock }: { readonly files: FileLedger; readonly lock: LibraryLock },
  plan: IndexPlan,
  newestFile: FileMark,
): Promise<Removal> {
  const held = await lock.acquire('upload', PATIENCE_MS);
  try {
    let moved = 0;
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
    await files.pruneOrphans();
    await files.removeRoots(plan.goneRoots);
    return { moved, removed, excluded: plan.excluded.count };
  } finally {
    await held.release();
  }
}

/** A run can take hours: what has come back meanwhile stays, and the next run reads it. */
async function stillAbsent(paths: readonly string[]): Promise<string[]> {
  const isGone = await Promise.all(
    paths.map((path) =>
      lstat(path).then(
        (stats) => !stats.isFile() && !stats.isSymbolicLink(),
        (error: unknown) => isAbsent(error),
      ),
    ),
  );
  return paths.filter((_, i) => isGone[i]);
}
