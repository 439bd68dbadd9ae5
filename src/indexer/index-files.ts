import { readablePath } from '../domain/failure.ts';
import type { LibraryLock } from '../domain/library-lock.ts';
import type { AwayPlace } from './away-places.ts';
import { commitScan } from './commit-scan.ts';
import {
  type EmbedOutcome,
  type EmbedParts,
  type EmbedProgress,
  embedPending,
  type NamedFailure,
} from './embed-pending.ts';
import type { IndexPlan } from './index-plan.ts';
import type { IndexRequest } from './index-request.ts';
import { makePlan } from './make-plan.ts';
import type { MovedFiles } from './moves.ts';
import { type Removal, removeGone } from './remove-gone.ts';
import type { IgnoreReason } from './scan-rules.ts';
import { removeStaleSpools } from './spool.ts';

export interface IndexParts extends EmbedParts {
  /** Whose scope `run` the caller holds. */
  readonly lock: LibraryLock;
  /** Folder for what a plan does not keep in memory, inside the library; nothing else lies in it. */
  readonly spoolFolder: string;
}

export type IndexProgress =
  | { readonly phase: 'scan'; readonly found: number; readonly failure: NamedFailure | null }
  | ({ readonly phase: 'embed' } & EmbedProgress)
  | { readonly phase: 'save' };

/**
 * What an index run did. Every file that was met is in exactly one of these numbers, unless the run was interrupted:
 * `found` = unchanged + indexed + moved + failed + stillFailed + unsupported + others.
 */
export interface IndexSummary {
  /** Files the scan met, and folders that could not be listed. */
  readonly found: number;
  readonly unchanged: number;
  /** Files read and put into the catalog in this run, but for those that have only moved. */
  readonly indexed: number;
  /** Paths that were new, and whose picture a path had that is gone: files by another name or elsewhere. */
  readonly moved: number;
  /** From where to where; at most a hundred places. */
  readonly moves: readonly MovedFiles[];
  /** Pictures that went through the models. */
  readonly embedded: number;
  /** Files that failed in this run. */
  readonly failed: number;
  /** Files that failed before and have not changed. */
  readonly stillFailed: number;
  /** Of the failed: files whose bytes have changed though nothing wrote to them. */
  readonly rotten: number;
  /** Pictures in formats that are not read, in this run or before. */
  readonly unsupported: number;
  /** Those by the endings of their names; see FileEndings. */
  readonly unsupportedEndings: Readonly<Record<string, number>>;
  /** Files that are no pictures, in this run or before. */
  readonly others: number;
  /** Those likewise. */
  readonly otherEndings: Readonly<Record<string, number>>;
  /** Files of pictures that are gone from disk and now from the catalog; moved ones are not counted. */
  readonly removed: number;
  /** Of those at most a hundred. */
  readonly removedPaths: readonly string[];
  /** Files of pictures that have left the catalog because the rules pass over them. */
  readonly excluded: number;
  /** Where known files were not seen; at most a hundred places. */
  readonly away: readonly AwayPlace[];
  /** Known files that were not seen and are kept, with their pictures and vectors. */
  readonly awayFiles: number;
  readonly ignored: Readonly<Partial<Record<IgnoreReason, number>>>;
  /** Whether the run was stopped before its end; what it had finished is kept. */
  readonly interrupted: boolean;
  readonly elapsedMs: number;
}

/**
 * Brings the catalog and the vector index up to what lies on disk. May be killed at any moment: every batch is a
 * transaction, and the next run goes on from the last.
 * @param signal asks for an early end: pictures in progress are finished and kept
 * @throws EideticError NOT_FOUND, INVALID_INPUT (see makePlan); MODEL_UNAVAILABLE; CATALOG_*; STORAGE_FULL; READ_ONLY
 */
export async function indexFiles(
  parts: IndexParts,
  request: IndexRequest,
  onProgress: (progress: IndexProgress) => void,
  signal: AbortSignal,
): Promise<IndexSummary> {
  const startedAt = performance.now();
  const { files, index } = parts;
  await removeStaleSpools(parts.spoolFolder);
  const newestFile = await files.newestFile();
  const plan = await makePlan(
    parts,
    request,
    (found) => onProgress({ phase: 'scan', found, failure: null }),
    signal,
  );
  try {
    for (const { path, rules } of plan.rootsToStore) {
      await files.putRoot(path, rules);
    }
    await commitScan(files, plan, (failure) =>
      onProgress({
        ...{ phase: 'scan', found: plan.found },
        failure: { path: readablePath(failure), message: failure.message },
      }),
    );
    const onEmbedded = (progress: EmbedProgress) => onProgress({ phase: 'embed', ...progress });
    const outcome = await embedPending(parts, plan, request, onEmbedded, signal);
    // Only now: a file that moved has been found at its new place, so its picture is not an orphan.
    const mayPrune = outcome.unread + plan.newBadNames === 0;
    const removal = signal.aborted ? null : await removeGone(parts, plan, newestFile, mayPrune);
    onProgress({ phase: 'save' });
    await index.keepUp();
    await index.save();
    const summary = summarize(plan, outcome, removal, performance.now() - startedAt);
    parts.logger.info('index run ended', { ...summary });
    return summary;
  } finally {
    await plan.close();
  }
}

/** @param removal null for a run that was interrupted */
function summarize(
  plan: IndexPlan,
  outcome: EmbedOutcome,
  removal: Removal | null,
  elapsedMs: number,
): IndexSummary {
  const { embedded, failed, rotten } = outcome;
  const { unsupported, other } = plan.leftOut;
  const moved = removal?.moves.files ?? 0;
  return {
    found: plan.found,
    unchanged: plan.unchanged,
    indexed: outcome.indexed - moved,
    moved,
    moves: removal?.moves.list() ?? [],
    ...{ embedded, rotten },
    failed: failed + plan.failures.count,
    stillFailed: plan.stillFailed,
    unsupported: unsupported.count,
    unsupportedEndings: unsupported.list(),
    others: other.count,
    otherEndings: other.list(),
    removed: removal?.removed ?? 0,
    removedPaths: removal?.removedPaths ?? [],
    excluded: removal?.excluded ?? 0,
    away: plan.away.list(),
    awayFiles: plan.away.files,
    ignored: Object.fromEntries(plan.ignored),
    interrupted: removal === null,
    elapsedMs,
  };
}
