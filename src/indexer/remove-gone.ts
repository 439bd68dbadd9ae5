import type { FileLedger, FileMark } from '../domain/file-ledger.ts';
import type { LibraryLock } from '../domain/library-lock.ts';
import type { Root } from '../domain/roots.ts';
import { byLongestRoot } from './by-longest-root.ts';
import { noteMoved, removeFormerNames } from './follow-moved.ts';
import { forgetMovedRoots } from './forget-moved-roots.ts';
import { inBatches } from './in-batches.ts';
import type { IndexPlan } from './index-plan.ts';
import { Moves } from './moves.ts';
import { stillAbsent } from './still-absent.ts';

/** What has left the catalog. */
export interface Removal {
  /** Paths whose picture another path has that came in this run. */
  readonly moves: Moves;
  /** Other paths of pictures that are gone. */
  readonly removed: number;
  /** Of those at most a hundred. */
  readonly removedPaths: readonly string[];
  /** Paths of pictures that rules pass over. */
  readonly excluded: number;
}

/** How long uploads and the ends of other runs are waited for. */
const PATIENCE_MS = 60_000;

const BATCH = 1_000;
const MOST_NAMED = 100;

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
    const moves = new Moves();
    const left = await followMoved(files, newestFile, moves);
    const { removed, removedPaths } = await removeAbsent(files, plan, newestFile, moves);
    let excluded = 0;
    for await (const paths of inBatches(plan.excluded, BATCH)) {
      const result = await files.commit({ files: [], failures: [], removed: paths });
      excluded += result.left.length;
    }
    for await (const names of inBatches(plan.removedNames, BATCH)) {
      const removedNames = names.map((name) => Buffer.from(name, 'hex'));
      await files.commit({ files: [], failures: [], removed: [], removedNames });
    }
    await settleMissed(files, plan);
    if (mayPrune) {
      await files.pruneOrphans();
    }
    if (plan.goneRoots.length > 0) {
      await files.removeRoots(plan.goneRoots);
    }
    await forgetMovedRoots(files, left);
    return { moves, removed, removedPaths, excluded };
  } finally {
    await held.release();
  }
}

/** @returns roots that files have moved out of, by their inodes */
async function followMoved(files: FileLedger, newestFile: FileMark, moves: Moves): Promise<Set<Root>> {
  const roots = await files.roots();
  const rootOf = byLongestRoot<Root | null>(new Map(roots.map((root) => [root.path, root])), null);
  const left = new Set<Root>();
  await removeFormerNames(files, newestFile, moves, (path) => {
    const root = rootOf(path);
    if (root !== null) {
      left.add(root);
    }
  });
  return left;
}

/** Paths of pictures that are gone and have not moved. */
async function removeAbsent(
  files: FileLedger,
  plan: IndexPlan,
  newestFile: FileMark,
  moves: Moves,
): Promise<Pick<Removal, 'removed' | 'removedPaths'>> {
  let removed = 0;
  const removedPaths: string[] = [];
  for await (const paths of inBatches(plan.removed, BATCH)) {
    const { left } = await files.commit({ files: [], failures: [], removed: await stillAbsent(paths) });
    const gone = await noteMoved(files, left, newestFile, moves);
    removed += gone.length;
    removedPaths.push(...gone.slice(0, MOST_NAMED - removedPaths.length));
  }
  return { removed, removedPaths };
}

/** Files in places that are empty now are away, but for those that have moved. */
async function settleMissed(files: FileLedger, plan: IndexPlan): Promise<void> {
  for await (const { path, place, reason } of plan.missed) {
    const known = await files.knownFile(path, []);
    if (known?.indexed) {
      plan.away.add(place, reason, 1);
    }
  }
}
