import type { EideticError, ErrorCode } from './errors.ts';
import type { FileStamp } from './picture.ts';
import { readableBytes } from './readable-bytes.ts';

/**
 * When a file that failed is tried again: `changed`, when it has changed or is read under other conditions;
 * `next-run`, also in every later run, since the cause may lie outside the file (permission, device, memory, time).
 */
export type Retry = 'changed' | 'next-run';

/**
 * Why a file (or folder) could not be indexed. It stands beside the picture that the file had, never instead of it,
 * and stays until the file is mended or gone.
 */
export interface FileFailure {
  /** What failed; of a folder or a file that nobody could look at, with zeros. */
  readonly stamp: FileStamp;
  /** The bytes of its path where they are not UTF-8: `stamp.path` only shows them. Null for any other. */
  readonly rawPath: Uint8Array | null;
  readonly code: ErrorCode;
  readonly message: string;
  /** When it failed, ISO 8601. */
  readonly failedAt: string;
  readonly retry: Retry;
  /** Limits, rules and decoders under which it failed, as one text to compare. */
  readonly conditions: string;
}

/** Turns an error about a file into what the catalog keeps. */
export function failureOf(
  stamp: FileStamp,
  error: EideticError,
  {
    retry,
    conditions,
    rawPath = null,
  }: Pick<FileFailure, 'retry' | 'conditions'> & { rawPath?: Uint8Array | null },
): FileFailure {
  const { code, message } = error;
  return { stamp, rawPath, code, message, failedAt: new Date().toISOString(), retry, conditions };
}

/** The stamp of what could not even be looked at. */
export function unseenStamp(path: string): FileStamp {
  return { path, sizeBytes: 0, modifiedMs: 0, changedMs: null, inode: null, device: null };
}

/** The path of what failed as a person can read it; of a name that is not UTF-8 see {@link readableBytes}. */
export function readablePath({ stamp, rawPath }: Pick<FileFailure, 'stamp' | 'rawPath'>): string {
  return rawPath === null ? stamp.path : readableBytes(rawPath);
}
