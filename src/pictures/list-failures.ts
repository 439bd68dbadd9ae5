import { EideticError, type ErrorCode } from '../domain/errors.ts';
import type { FileFailure, Retry } from '../domain/failure.ts';
import type { FileLedger } from '../domain/file-ledger.ts';
import { isAtOrBelow } from '../domain/is-below.ts';

/** Which failures are wanted: all parts that are given must hold. */
export interface FailureFilter {
  readonly code?: ErrorCode | undefined;
  readonly retry?: Retry | undefined;
  /** Absolute paths of files or folders: at or below one of them. */
  readonly below?: readonly string[] | undefined;
  /** Recorded then or later, ISO 8601. */
  readonly since?: string | undefined;
  /** Recorded then or earlier, ISO 8601. */
  readonly until?: string | undefined;
}

/** Failures, ascending by path. */
export interface ListedFailures {
  readonly failures: readonly FileFailure[];
  /** For the next page; null when this is the last. */
  readonly nextCursor: string | null;
}

/** Every failure that is wanted, ascending by path. @param after only those of paths behind this one */
export async function* failuresThat(
  files: Pick<FileLedger, 'failures'>,
  wanted: FailureFilter,
  signal: AbortSignal,
  after?: string,
): AsyncGenerator<FileFailure> {
  for await (const failure of files.failures(after)) {
    signal.throwIfAborted();
    if (isWanted(failure, wanted)) {
      yield failure;
    }
  }
}

/**
 * One page of failures.
 * @param limit 1 or more. A page has more when names that are not UTF-8 look the same: they stay together
 * @param cursor nextCursor of the page before; undefined for the first
 * @throws EideticError INVALID_INPUT for a cursor that is none
 */
export async function listFailures(
  files: Pick<FileLedger, 'failures'>,
  wanted: FailureFilter,
  limit: number,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<ListedFailures> {
  const failures: FileFailure[] = [];
  for await (const failure of failuresThat(files, wanted, signal, pathBefore(cursor))) {
    const last = failures.at(-1)?.stamp.path;
    if (last !== undefined && failures.length >= limit && last !== failure.stamp.path) {
      return { failures, nextCursor: Buffer.from(`failures:${last}`).toString('base64url') };
    }
    failures.push(failure);
  }
  return { failures, nextCursor: null };
}

function isWanted(failure: FileFailure, { code, retry, below, since, until }: FailureFilter): boolean {
  return (
    (code === undefined || failure.code === code) &&
    (retry === undefined || failure.retry === retry) &&
    (since === undefined || failure.failedAt >= since) &&
    (until === undefined || failure.failedAt <= until) &&
    (below === undefined || below.some((folder) => isAtOrBelow(failure.stamp.path, folder)))
  );
}

/** The last path of the page before. */
function pathBefore(cursor: string | undefined): string | undefined {
  if (cursor === undefined) {
    return undefined;
  }
  const path = /^failures:(.+)$/s.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  if (path === undefined) {
    throw new EideticError('INVALID_INPUT', 'The cursor is not one of this server; start again without it.');
  }
  return path;
}
