import type { Catalog } from '../domain/catalog.ts';
import type { Embedder } from '../domain/embedder.ts';
import type { Logger } from '../domain/logger.ts';
import type { PictureId } from '../domain/picture.ts';
import { BatchWriter } from './batch-writer.ts';
import { type IndexPlan, makePlan, type PlanRequest } from './make-plan.ts';
import { prefetch } from './prefetch.ts';
import { fileProcessor } from './process-file.ts';
import type { RunIndex } from './run-index.ts';
import type { IgnoreReason } from './scan-rules.ts';

export interface IndexParts {
  readonly catalog: Catalog;
  readonly embedder: Embedder;
  readonly index: RunIndex;
  readonly logger: Logger;
  /** Does the end of a run, which removes and saves, while nothing else of this process writes to the library. */
  readonly takeTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

export interface IndexRequest extends Omit<PlanRequest, 'modelKey'> {
  /** Largest file, bytes. */
  readonly maxBytes: number;
}

export type IndexProgress =
  | { readonly phase: 'scan'; readonly found: number }
  | {
      readonly phase: 'embed';
      /** Files done of `total`. */
      readonly done: number;
      readonly total: number;
      readonly failed: number;
      /** Path of the last failure, once, and why. */
      readonly failure: { readonly path: string; readonly message: string } | null;
    }
  | { readonly phase: 'save' };

/** What an index run did. `found` = unchanged + indexed + stillFailed + failed, unless it was interrupted. */
export interface IndexSummary {
  /** Files the scan met, and folders that could not be listed. */
  readonly found: number;
  readonly unchanged: number;
  /** Files read and put into the catalog in this run. */
  readonly indexed: number;
  /** Of those: paths that were new, and whose bytes the catalog had under a path that is gone. */
  readonly moved: number;
  /** Pictures that went through the model. */
  readonly embedded: number;
  /** Files that failed in this run. */
  readonly failed: number;
  /** Files that failed before and have not changed. */
  readonly stillFailed: number;
  /** Files that are gone from disk and now from the catalog. */
  readonly removed: number;
  readonly ignored: Readonly<Partial<Record<IgnoreReason, number>>>;
  /** Whether the run was stopped before its end; what it had finished is kept. */
  readonly interrupted: boolean;
  readonly elapsedMs: number;
}

/**
 * Brings the catalog and the vector index up to what lies on disk. May be killed at any moment: every batch is a
 * transaction, and the next run goes on from the last.
 * @param signal asks for an early end: pictures in progress are finished and kept
 * @throws EideticError NOT_FOUND, INVALID_INPUT (see makePlan); MODEL_UNAVAILABLE; CATALOG_*
 */
export async function indexFiles(
  parts: IndexParts,
  request: IndexRequest,
  onProgress: (progress: IndexProgress) => void,
  signal: AbortSignal,
): Promise<IndexSummary> {
  const startedAt = performance.now();
  const { catalog, embedder, index } = parts;
  await catalog.addRoots(request.roots);
  const onFound = (found: number) => onProgress({ phase: 'scan', found });
  const plan = await makePlan(catalog, { ...request, modelKey: embedder.model.key }, onFound, signal);

  const writer = new BatchWriter(catalog, index, embedder.model.key);
  for (const failure of plan.unreadable) {
    await writer.addFailure(failure);
  }
  const outcome = await embedPending(parts, request, plan, writer, onProgress, signal);
  await writer.flush();
  // Only now: a file that moved has been found at its new place, so its picture is not an orphan.
  const removed = signal.aborted ? [] : plan.removed;
  await parts.takeTurn(async () => {
    await writer.remove(removed.map((file) => file.path));
    if (!signal.aborted) {
      await index.remove(await catalog.pruneOrphans());
      await catalog.removeRoots(plan.goneRoots);
    }
    onProgress({ phase: 'save' });
    await index.save(await catalog.generation());
  });
  const summary: IndexSummary = {
    found: plan.pending.length + plan.unchanged + plan.stillFailed + plan.unreadable.length,
    unchanged: plan.unchanged,
    indexed: outcome.indexed,
    moved: signal.aborted ? 0 : countMoved(outcome.knownAtNewPath, plan),
    embedded: outcome.embedded,
    failed: outcome.failed + plan.unreadable.length,
    stillFailed: plan.stillFailed,
    removed: removed.length,
    ignored: Object.fromEntries(plan.ignored),
    interrupted: signal.aborted,
    elapsedMs: performance.now() - startedAt,
  };
  parts.logger.info('index run ended', { ...summary });
  return summary;
}

interface EmbedOutcome {
  indexed: number;
  embedded: number;
  failed: number;
  /** Pictures that the catalog had, found under paths it did not know. */
  readonly knownAtNewPath: PictureId[];
}

async function embedPending(
  { catalog, embedder }: IndexParts,
  request: IndexRequest,
  plan: IndexPlan,
  writer: BatchWriter,
  onProgress: (progress: IndexProgress) => void,
  signal: AbortSignal,
): Promise<EmbedOutcome> {
  const outcome: EmbedOutcome = { indexed: 0, embedded: 0, failed: 0, knownAtNewPath: [] };
  const processor = fileProcessor(catalog, embedder, request);
  writer.onCommitted = (hashes) => processor.forget(hashes);
  const total = plan.pending.length;
  const work = async (file: IndexPlan['pending'][number]) => ({
    file,
    result: await processor.process(file),
  });
  // Twice what the embedder works on: the next files are read and hashed while it is busy.
  for await (const { file, result } of prefetch(
    untilAborted(plan.pending, signal),
    work,
    embedder.parallelism * 2,
  )) {
    let failure: { path: string; message: string } | null = null;
    if (result.kind === 'failed') {
      outcome.failed++;
      failure = result.failure;
      await writer.addFailure(result.failure);
    } else {
      outcome.indexed++;
      if (file.isNew && result.knownPicture !== null) {
        outcome.knownAtNewPath.push(result.knownPicture);
      }
      await writer.addFile(result.file);
    }
    onProgress({
      phase: 'embed',
      done: outcome.indexed + outcome.failed,
      total,
      failed: outcome.failed,
      failure,
    });
  }
  outcome.embedded = processor.embedded();
  return outcome;
}

function* untilAborted<Item>(items: Iterable<Item>, signal: AbortSignal): Generator<Item> {
  for (const item of items) {
    if (signal.aborted) {
      return;
    }
    yield item;
  }
}

/** Pairs files that appeared with files that vanished and held the same picture. */
function countMoved(knownAtNewPath: readonly PictureId[], plan: IndexPlan): number {
  const vanished = new Map<PictureId, number>();
  for (const { pictureId } of plan.removed) {
    if (pictureId !== null) {
      vanished.set(pictureId, (vanished.get(pictureId) ?? 0) + 1);
    }
  }
  let moved = 0;
  for (const id of knownAtNewPath) {
    const left = vanished.get(id) ?? 0;
    if (left > 0) {
      vanished.set(id, left - 1);
      moved++;
    }
  }
  return moved;
}
