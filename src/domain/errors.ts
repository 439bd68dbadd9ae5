/** Every way Eidetic can refuse. Both shells map each code, so the compiler finds a code that one forgot. */
export type ErrorCode =
  | 'INVALID_INPUT'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'RATE_LIMITED'
  | 'NOT_FOUND'
  | 'IMAGE_UNREADABLE'
  | 'IMAGE_TOO_LARGE'
  | 'FORMAT_UNSUPPORTED'
  | 'FILE_ROTTEN'
  | 'MODEL_UNAVAILABLE'
  | 'MODEL_MISMATCH'
  | 'CATALOG_BUSY'
  | 'CATALOG_TOO_NEW'
  | 'CATALOG_DAMAGED'
  | 'CATALOG_CLOSED'
  | 'INDEX_UNUSABLE'
  | 'STORAGE_FULL'
  | 'READ_ONLY'
  | 'OVERLOADED';

/** Facts that a program may want beside the sentence, such as the pid that holds a lock. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

/**
 * The one error class. The message is one sentence or two: what was found, what was expected, what to do.
 * Anything thrown that is not an EideticError is a bug.
 */
export class EideticError extends Error {
  override readonly name = 'EideticError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; details?: ErrorDetails } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }
}
