import type { DescribedPicture } from '../domain/descriptor.ts';
import type { Embedder } from '../domain/embedder.ts';
import { EideticError, type ErrorCode } from '../domain/errors.ts';
import { type FileFailure, failureOf, type Retry } from '../domain/failure.ts';
import type { FileLedger, IndexedFile } from '../domain/file-ledger.ts';
import type { Logger } from '../domain/logger.ts';
import type { ContentHash, FileStamp, PictureId } from '../domain/picture.ts';
import { ByteBudget } from './byte-budget.ts';
import type { DeviceTable } from './device-table.ts';
import type { PendingFile } from './index-plan.ts';
import { OpenFile, type ReadFile } from './open-file.ts';
import { isUnwritten, rottenFile } from './rotten-file.ts';

/** What became of one file. */
export type ProcessedFile =
  | {
      readonly kind: 'indexed';
      readonly file: IndexedFile;
      /** Whether its path held another picture, on a device that is not there now. */
      readonly isDisplacing: boolean;
    }
  /** Also what is no picture, or one in a format that is not read: see notIndexedAs. */
  | { readonly kind: 'failed'; readonly failure: FileFailure }
  /** The run was asked to end while its picture was decoded; the next run looks at it. */
  | { readonly kind: 'left' };

/** Bytes of picture files in memory at once; one larger file is read alone. */
const BYTES_AT_ONCE = 256 * 1024 * 1024;

export interface FileProcessor {
  /**
   * Reads a file and embeds its picture unless the catalog has it, or another file is at it just now; of what is no
   * picture only the start is read. Whatever goes wrong with a file is that file's failure.
   * @throws EideticError MODEL_UNAVAILABLE, MODEL_MISMATCH, CATALOG_*, STORAGE_FULL, READ_ONLY, NOT_FOUND (the library):
   *   no other file would fare better
   */
  process(file: PendingFile): Promise<ProcessedFile>;
  /**
   * Makes an error that a file met later on that file's failure.
   * @throws EideticError the error, when no other file would fare better
   */
  refuse(stamp: FileStamp, error: unknown): FileFailure;
  /** To be called when processed files were committed: from here on the catalog answers for them. */
  forget(hashes: Iterable<ContentHash>): void;
  /** Pictures that went through the models so far. */
  embedded(): number;
}

export interface ProcessorParts {
  readonly files: Pick<FileLedger, 'findByHash'>;
  readonly embedder: Embedder;
  readonly devices: DeviceTable;
  readonly logger: Logger;
}

export interface ProcessorOptions {
  /** Whether pictures that the catalog has are embedded again. */
  readonly force: boolean;
  /** Largest file, bytes. */
  readonly maxBytes: number;
  /** Asks for an early end: pictures that take long are left. */
  readonly signal: AbortSignal;
  /** See conditionsOf; of a path. */
  readonly conditionsOf: (path: string) => string;
}

export function fileProcessor(parts: ProcessorParts, options: ProcessorOptions): FileProcessor {
  const { files, embedder, devices, logger } = parts;
  const modelKeys = embedder.models.map(({ key }) => key);
  const budget = new ByteBudget(BYTES_AT_ONCE);
  const inProgress = new Map<ContentHash, Promise<DescribedPicture>>();
  let embedded = 0;

  async function describe({ bytes, contentHash }: ReadFile): Promise<DescribedPicture> {
    const other = inProgress.get(contentHash);
    if (other !== undefined) {
      return other;
    }
    const described = embedder.describe(bytes, undefined, options.signal);
    inProgress.set(contentHash, described);
    try {
      await described;
    } catch (error) {
      inProgress.delete(contentHash);
      throw error;
    }
    embedded++;
    return described;
  }

  async function look(file: PendingFile): Promise<ProcessedFile> {
    const open = await OpenFile.open(file.stamp.path, devices);
    try {
      const { stamp, start } = open;
      const { known } = file;
      const verdict = embedder.judgeFile({ path: stamp.path, bytes: start, wasPicture: known !== null });
      if (verdict !== null && known !== null && isRotten(stamp, known, null)) {
        return { kind: 'failed', failure: refuse(stamp, rottenFile()) };
      }
      if (verdict !== null) {
        const conditions = options.conditionsOf(stamp.path);
        return { kind: 'failed', failure: failureOf(stamp, verdict, { retry: 'changed', conditions }) };
      }
      return await budget.spend(stamp.sizeBytes, async () => {
        const read = await open.readWhole(options.maxBytes);
        await open.close(); // decoding may take a minute, in which its drive is to be unmounted
        return index(read, file);
      });
    } finally {
      await open.close();
    }
  }

  async function index(read: ReadFile, { known }: PendingFile): Promise<ProcessedFile> {
    const { stamp, contentHash } = read;
    const picture = await files.findByHash(contentHash, modelKeys);
    if (known !== null && isRotten(stamp, known, picture?.id ?? null)) {
      return { kind: 'failed', failure: refuse(stamp, rottenFile()) };
    }
    const isDescribed = modelKeys.every((key) => picture?.describedBy.includes(key));
    try {
      const described = isDescribed && !options.force ? null : await describe(read);
      const isDisplacing =
        known !== null && picture?.id !== known.pictureId && isElsewhere(stamp, known.stamp);
      return { kind: 'indexed', file: { stamp, contentHash, described }, isDisplacing };
    } catch (error) {
      if (options.signal.aborted && error === options.signal.reason) {
        return { kind: 'left' };
      }
      // The stamp of the bytes that failed, so that only other bytes are tried again.
      return { kind: 'failed', failure: refuse(stamp, error) };
    }
  }

  function refuse(stamp: FileStamp, error: unknown): FileFailure {
    if (endsRun(error)) {
      throw error;
    }
    const known = error instanceof EideticError ? error : unexpected(stamp.path, error, logger);
    return failureOf(stamp, known, {
      retry: retryAfter(known),
      conditions: options.conditionsOf(stamp.path),
    });
  }

  return {
    async process(file) {
      try {
        return await look(file);
      } catch (error) {
        return { kind: 'failed', failure: refuse(file.stamp, error) };
      }
    },
    refuse,
    forget(hashes) {
      for (const hash of hashes) {
        inProgress.delete(hash);
      }
    },
    embedded: () => embedded,
  };
}

function isElsewhere(now: FileStamp, before: FileStamp): boolean {
  return now.device !== null && before.device !== null && now.device !== before.device;
}

/** Bytes that are others than when the same file, which nothing has written to since, was read last. */
function isRotten(
  stamp: FileStamp,
  known: NonNullable<PendingFile['known']>,
  pictureId: PictureId | null,
): boolean {
  return pictureId !== known.pictureId && isUnwritten(stamp, known.stamp);
}

/** Codes of what is a picture's own fault; INVALID_INPUT when a model answers it with numbers that are not finite. */
const PICTURE_FAULTS: ReadonlySet<ErrorCode> = new Set([
  'IMAGE_UNREADABLE',
  'IMAGE_TOO_LARGE',
  'FORMAT_UNSUPPORTED',
  'INVALID_INPUT',
]);

function retryAfter({ code, details }: EideticError): Retry {
  return PICTURE_FAULTS.has(code) && details['isPassing'] !== true ? 'changed' : 'next-run';
}

const LIBRARY_FAULTS: ReadonlySet<ErrorCode> = new Set([
  'MODEL_UNAVAILABLE',
  'MODEL_MISMATCH',
  'CATALOG_BUSY',
  'CATALOG_TOO_NEW',
  'CATALOG_DAMAGED',
  'CATALOG_CLOSED',
  'STORAGE_FULL',
  'READ_ONLY',
  'NOT_FOUND',
]);

/** Whether the fault lies with what all files need, or somebody wants an end. */
function endsRun(error: unknown): boolean {
  return error instanceof EideticError
    ? LIBRARY_FAULTS.has(error.code)
    : error instanceof Error && error.name === 'AbortError';
}

/** A bug met one file; the others must not suffer from it. */
function unexpected(path: string, error: unknown, logger: Logger): EideticError {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  logger.error('an unexpected error while a file was indexed', { path, error: stack ?? message });
  return new EideticError(
    'IMAGE_UNREADABLE',
    `An unexpected error occurred: ${message}. This is a bug, please report it; the file is tried again in the next run.`,
    { cause: error, details: { isPassing: true } },
  );
}
