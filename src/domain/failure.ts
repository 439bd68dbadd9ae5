import type { EideticError, ErrorCode } from './errors.ts';
import type { FileStamp } from './picture.ts';

/** A file that could not be indexed, and why. It stays in the catalog until the file is mended or gone. */
export interface FileFailure extends FileStamp {
  readonly code: ErrorCode;
  readonly message: string;
  /** When it failed, ISO 8601. */
  readonly failedAt: string;
  /** True when the cause may lie outside the file (permission, device): tried again in every run. */
  readonly transient: boolean;
}

/** Turns an error about a file into the row the catalog keeps. */
export function failureOf(stamp: FileStamp, error: EideticError, transient = false): FileFailure {
  return {
    path: stamp.path,
    sizeBytes: stamp.sizeBytes,
    modifiedMs: stamp.modifiedMs,
    code: error.code,
    message: error.message,
    failedAt: new Date().toISOString(),
    transient,
  };
}
