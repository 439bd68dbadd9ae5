import { STATUS_CODES } from 'node:http';
import { EideticError, type ErrorCode } from '../../domain/errors.ts';
import type { Problem } from '../schemas/problem-schema.ts';
import { HTTP_STATUSES } from './http-statuses.ts';

/** These errors tell of this machine: its paths, its processes. A client learns what it can do, the log the rest. */
const PUBLIC_DETAILS: Readonly<Partial<Record<ErrorCode, string>>> = {
  MODEL_UNAVAILABLE:
    'The model of the library is not installed or cannot be loaded, so no picture can be described; searches by id and by vector go on. Run "eidetic reindex" where the server runs to bring the library over to the model that comes with it, then start it again; its log says more.',
  MODEL_MISMATCH:
    'The library was indexed with another model or by an older version of this server, so no new picture can be described; searches by id and by vector go on. Run "eidetic reindex" where the server runs, then start it again.',
  CATALOG_BUSY: 'The library is being written to; try again in a moment.',
  CATALOG_TOO_NEW: 'The library was made by a later version of this server.',
  CATALOG_DAMAGED: 'The library cannot be read; the log of the server says why.',
  INDEX_UNUSABLE: 'The index cannot be used; the log of the server says why.',
};

/** Refusals that come from libraries as errors with a status of their own, in our words. */
const REFUSALS: Readonly<Record<number, { code: ErrorCode; detail: string }>> = {
  400: { code: 'INVALID_INPUT', detail: 'The request cannot be understood, expected well-formed HTTP.' },
  403: { code: 'FORBIDDEN', detail: 'That is not given out.' },
  404: { code: 'NOT_FOUND', detail: 'There is nothing here.' },
  405: { code: 'INVALID_INPUT', detail: 'This path has other methods; the Allow header names them.' },
  412: { code: 'INVALID_INPUT', detail: 'The condition of the request does not hold.' },
  416: { code: 'INVALID_INPUT', detail: 'The range lies outside of the file.' },
};

/** Whether an error is a plain refusal, which the log need not keep as one. */
export function isRefusal(error: unknown): boolean {
  return error instanceof EideticError || statusOf(error) !== undefined;
}

/** The sentence of an error that clients may see. */
export function publicDetail({ code, message, details }: EideticError): string {
  // That the library lacks a space tells nothing of this machine.
  return 'space' in details ? message : (PUBLIC_DETAILS[code] ?? message);
}

/** An error as the client sees it: no path, no stack. */
export function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof EideticError) {
    return problem(HTTP_STATUSES[error.code], error.code, publicDetail(error), requestId);
  }
  const status = statusOf(error);
  const refusal = status === undefined ? undefined : REFUSALS[status];
  if (status !== undefined && refusal !== undefined) {
    return problem(status, refusal.code, refusal.detail, requestId);
  }
  const detail = 'Something went wrong on the server; its log has the details under this request id.';
  return problem(500, 'BUG', detail, requestId);
}

function problem(status: number, code: string, detail: string, requestId: string): Problem {
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: 'about:blank', title, status, code, detail, requestId };
}

/** The status of an error of express or one of its parts, when it is one we know. */
function statusOf(error: unknown): number | undefined {
  const { status } = (error ?? {}) as { status?: unknown };
  return typeof status === 'number' && status in REFUSALS ? status : undefined;
}
