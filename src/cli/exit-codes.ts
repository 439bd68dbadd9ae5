import type { ErrorCode } from '../domain/errors.ts';

/** What the process ends with for each error. */
export const EXIT_CODES: Readonly<Record<ErrorCode, number>> = {
  INVALID_INPUT: 2,
  UNAUTHORIZED: 2,
  FORBIDDEN: 2,
  RATE_LIMITED: 6, // as what is busy: nothing is wrong with the command, later it may work
  NOT_FOUND: 4,
  IMAGE_UNREADABLE: 3,
  IMAGE_TOO_LARGE: 3,
  FORMAT_UNSUPPORTED: 3,
  FILE_ROTTEN: 3,
  MODEL_UNAVAILABLE: 5,
  MODEL_MISMATCH: 5,
  CATALOG_BUSY: 6,
  CATALOG_TOO_NEW: 6,
  CATALOG_DAMAGED: 6,
  CATALOG_CLOSED: 6,
  INDEX_UNUSABLE: 6,
  STORAGE_FULL: 6,
  READ_ONLY: 6,
  OVERLOADED: 6,
};

/** The run finished; some files failed, or a check found something wrong. */
export const EXIT_SOME_FAILED = 1;
/** The run finished, but something that the library knows was away and could not be looked at. */
export const EXIT_INCOMPLETE = 9;
/** `--fail-on-found` found something. */
export const EXIT_FOUND = 11;
/** A bug. */
export const EXIT_BUG = 70;
/** Stopped by Ctrl-C or SIGTERM. */
export const EXIT_INTERRUPTED = 130;
