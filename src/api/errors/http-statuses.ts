import type { ErrorCode } from '../../domain/errors.ts';

/** What a request is answered with for each error. */
export const HTTP_STATUSES: Readonly<Record<ErrorCode, number>> = {
  INVALID_INPUT: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  NOT_FOUND: 404,
  IMAGE_UNREADABLE: 422,
  IMAGE_TOO_LARGE: 413,
  FORMAT_UNSUPPORTED: 415,
  MODEL_UNAVAILABLE: 503,
  MODEL_MISMATCH: 409,
  CATALOG_BUSY: 503,
  CATALOG_TOO_NEW: 503,
  CATALOG_DAMAGED: 503,
  INDEX_UNUSABLE: 503,
  OVERLOADED: 503,
};
