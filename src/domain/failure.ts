import type { EideticError, ErrorCode } from './errors.ts';
import type { FileStamp } from './picture.ts';
import { readableBytes } from './readable-bytes.ts';

/**
 * When a file that failed is tried again: `changed`, when it has changed or is read under other conditions;
 * `next-run`, also in every later run, since the cause may lie outside the file (permission, device, memory, time).
 */
export type Retry = 'changed' | 'next-run';

/** Why a file is not indexed: an error, or that it is no picture and nothing says that it should be one. */
export type FailureCode = ErrorCode | 'NOT_A_PICTURE';

/**
 * What becomes of a file that is not indexed: `failed`, it should have been; `unsupported`, it is a picture in a format
 * that Eidetic does not read; `other`, it is no picture.
 */
export type NotIndexed = 'failed' | 'unsupported' | 'other';

/**
 * Why a file (or folder) was not indexed. It stands beside the picture that the file had, never instead of it, and
 * stays until the file is mended or gone.
 */
export interface FileFailure {
  /** What failed; of a folder or a file that nobody could look at, with zeros. */
  readonly stamp: FileStamp;
  /** The bytes of its path where they are not UTF-8: `stamp.path` only shows them. Null for any other. */
  readonly rawPath: Uint8Array | null;
  readonly code: FailureCode;
  readonly message: string;
  /** When it failed, ISO 8601. */
  readonly failedAt: string;
  readonly retry: Retry;
  /** Limits, rules and decoders under which it failed, as one text to compare. */
  readonly conditions: string;
}

export function notIndexedAs({ code }: Pick<FileFailure, 'code'>): NotIndexed {
  switch (code) {
    case 'NOT_A_PICTURE':
      return 'other';
    case 'FORMAT_UNSUPPORTED':
      return 'unsupported';
    default:
      return 'failed';
  }
}

/** Turns an error about a file, or what its first bytes told, into what the catalog keeps. */
export function failureOf(
  stamp: FileStamp,
  { code, message }: Pick<EideticError, 'message'> & { readonly code: FailureCode },
  {
    retry,
    conditions,
    rawPath = null,
  }: Pick<FileFailure, 'retry' | 'conditions'> & { rawPath?: Uint8Array | null },
): FileFailure {
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
