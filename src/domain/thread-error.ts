import { EideticError, type ErrorCode, type ErrorDetails } from './errors.ts';

/** An error on its way between threads, which takes no classes along. `code` is null for a bug. */
export interface ThreadError {
  readonly code: ErrorCode | null;
  readonly message: string;
  readonly stack: string | null;
  readonly details: ErrorDetails;
}

export function toThreadError(error: unknown): ThreadError {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const known = error instanceof EideticError ? error : null;
  return { code: known?.code ?? null, message, stack: stack ?? null, details: known?.details ?? {} };
}

export function fromThreadError({ code, message, stack, details }: ThreadError): Error {
  if (code !== null) {
    return new EideticError(code, message, { details });
  }
  const error = new Error(message);
  error.stack = stack ?? error.stack ?? message;
  return error;
}
