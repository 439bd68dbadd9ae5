import type { ErrorRequestHandler, Response } from 'express';
import { EideticError, type ErrorCode } from '../../domain/errors.ts';
import type { Logger } from '../../domain/logger.ts';
import { requestIdOf } from '../request-id.ts';
import { answerBeforeEnd } from './answer-before-end.ts';
import { isRefusal, problemOf } from './problem-of.ts';

/** When a client may ask again, seconds. */
const RETRY_AFTER_SECONDS = 1;

/** What passes by itself. Anything else that is answered with 503 waits for a person, and asking again is in vain. */
const PASSING: ReadonlySet<string> = new Set<ErrorCode>(['CATALOG_BUSY', 'OVERLOADED']);

/** Answers every error as a problem document; the last handler of the app. */
export function handleErrors(logger: Logger): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    const requestId = requestIdOf(response);
    const problem = problemOf(error, requestId);
    if (response.destroyed) {
      return; // the client has gone
    }
    if (problem.status >= 500) {
      const log = isRefusal(error) ? logger.warn : logger.error;
      log.call(logger, 'request failed', { requestId, error: describe(error) });
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (PASSING.has(problem.code) && !response.hasHeader('Retry-After')) {
      response.setHeader('Retry-After', RETRY_AFTER_SECONDS);
    }
    sendProblem(response, problem);
  };
}

function sendProblem(response: Response, problem: ReturnType<typeof problemOf>): void {
  for (const name of ['Content-Disposition', 'Content-Range', 'ETag', 'Last-Modified']) {
    response.removeHeader(name);
  }
  response.setHeader('Cache-Control', 'no-store');
  response.status(problem.status).type('application/problem+json');
  if (response.req.complete) {
    response.send(JSON.stringify(problem));
  } else {
    answerBeforeEnd(response, JSON.stringify(problem));
  }
}

function describe(error: unknown): unknown {
  if (error instanceof EideticError) {
    return { code: error.code, message: error.message, cause: (error.cause as Error | undefined)?.message };
  }
  return error instanceof Error ? { message: error.message, stack: error.stack } : String(error);
}
