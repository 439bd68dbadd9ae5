import { dirname } from 'node:path';
import type { Embedder } from '../domain/embedder.ts';
import { type FileFailure, notIndexedAs } from '../domain/failure.ts';
import type { FileLedger } from '../domain/file-ledger.ts';
import type { Logger } from '../domain/logger.ts';
import { asCompleted } from './as-completed.ts';
import { BatchWriter } from './batch-writer.ts';
import type { DeviceTable } from './device-table.ts';
import type { IndexPlan, PendingFile } from './index-plan.ts';
import type { IndexRequest } from './index-request.ts';
import { fileProcessor, type ProcessedFile } from './process-file.ts';
import type { RunIndex } from './run-index.ts';

const DISPLACED =
  'other files have their names now, on another file system; their pictures are kept, and found again when it is mounted and indexed';

/**
 * Files that are read and hashed while the embedder is busy with others; `npm run bench -- slow-storage` compares
 * numbers. The program gives libuv a thread for each of them.
 */
const READS_IN_FLIGHT = 8;

export interface EmbedParts {
  readonly files: FileLedger;
  readonly embedder: Embedder;
  readonly index: RunIndex;
  readonly devices: DeviceTable;
  readonly logger: Logger;
}

/** What became of the files that had to be read. */
export interface EmbedOutcome {
  readonly indexed: number;
  /** Pictures that went through the models. */
  readonly embedded: number;
  readonly failed: number;
  /** Of the failed. */
  readonly rotten: number;
  /** Of the failed: new ones, and late ones, that may be read another time. What they hold, nobody knows. */
  readonly unread: number;
}

export interface EmbedProgress {
  /** Files done of `total`. */
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  /** The last failure, once. */
  readonly failure: NamedFailure | null;
}

/** What failed, and why. */
export interface NamedFailure {
  readonly path: string;
  readonly message: string;
}

/** Reads what is pending, embeds what is new of it, and commits it in batches, until the signal asks for an end. */
export async function embedPending(
  parts: EmbedParts,
  plan: IndexPlan,
  { force, limits }: Pick<IndexRequest, 'force' | 'limits'>,
  onProgress: (progress: EmbedProgress) => void,
  signal: AbortSignal,
): Promise<EmbedOutcome> {
  const { conditionsOf } = plan;
  const processor = fileProcessor(parts, { force, maxBytes: limits.maxBytes, signal, conditionsOf });
  const writer = new BatchWriter({
    ...parts,
    describeAgain: (stamp) => processor.process({ stamp, known: null, isNew: false }),
    refuse: processor.refuse,
    onCommitted: (files) => processor.forget(files.map(({ contentHash }) => contentHash)),
  });
  const total = plan.pending.count;
  let [done, indexed, failed, rotten, unread] = [0, 0, 0, 0, 0];
  const process = async (file: PendingFile) => ({ file, result: await processor.process(file) });
  const atOnce = parts.embedder.parallelism + READS_IN_FLIGHT;
  try {
    for await (const { file, result } of asCompleted(untilAborted(plan.pending, signal), process, atOnce)) {
      switch (result.kind) {
        case 'left':
          continue;
        case 'failed':
          failed += noteFailure(plan, result.failure);
          rotten += isRotten(result.failure);
          unread += isUnread(file, result.failure);
          await writer.addFailure(result.failure);
          break;
        case 'indexed':
          indexed++;
          noteDisplaced(plan, result);
          await writer.addFile(result.file);
      }
      onProgress({ done: ++done, total, failed, failure: failureIn(result) });
    }
    await writer.flush();
  } catch (error) {
    await writer.stop();
    throw error;
  }
  const late = writer.failedLate;
  const embedded = processor.embedded();
  return { indexed: indexed - late, embedded, failed: failed + late, rotten, unread: unread + late };
}

/** @returns 1 for a file that has failed; what is no picture that is read is noted */
function noteFailure({ leftOut }: IndexPlan, failure: FileFailure): number {
  const kind = notIndexedAs(failure);
  if (kind !== 'failed') {
    leftOut[kind].add(failure.stamp.path);
    return 0;
  }
  return 1;
}

function isRotten({ code }: FileFailure): number {
  return code === 'FILE_ROTTEN' ? 1 : 0;
}

/** What a new file holds that may be read another time, nobody knows. */
function isUnread({ isNew }: PendingFile, { retry }: FileFailure): number {
  return isNew && retry === 'next-run' ? 1 : 0;
}

function noteDisplaced(
  { away }: IndexPlan,
  { file, isDisplacing }: ProcessedFile & { kind: 'indexed' },
): void {
  if (isDisplacing) {
    away.add(dirname(file.stamp.path), DISPLACED, 1);
  }
}

function failureIn(processed: ProcessedFile): EmbedProgress['failure'] {
  return processed.kind === 'failed' && notIndexedAs(processed.failure) === 'failed'
    ? { path: processed.failure.stamp.path, message: processed.failure.message }
    : null;
}

async function* untilAborted(
  items: AsyncIterable<PendingFile>,
  signal: AbortSignal,
): AsyncGenerator<PendingFile> {
  for await (const item of items) {
    if (signal.aborted) {
      return;
    }
    yield item;
  }
}
