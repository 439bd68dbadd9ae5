import type { RequestHandler, Response } from 'express';
import { EideticError } from '../domain/errors.ts';

/** Aborts what is done for a request when its client goes away, or when it takes too long. */
export function watchRequest(deadlineMs: number): RequestHandler {
  return (_request, response, next) => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(tooSlow(deadlineMs)), deadlineMs);
    response.on('close', () => {
      clearTimeout(timer);
      if (!response.writableFinished) {
        controller.abort(new Error('the client has gone'));
      }
    });
    response.locals['signal'] = controller.signal;
    next();
  };
}

/** Aborted when nobody waits for the answer any more. */
export function signalOf(response: Response): AbortSignal {
  return response.locals['signal'] as AbortSignal;
}

function tooSlow(deadlineMs: number): EideticError {
  return new EideticError(
    'OVERLOADED',
    `The request was not done within ${deadlineMs / 1_000} seconds; try again later, or ask for less at once.`,
  );
}
