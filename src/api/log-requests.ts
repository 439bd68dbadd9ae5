import type { RequestHandler } from 'express';
import type { Logger } from '../domain/logger.ts';
import { requestIdOf } from './request-id.ts';

/** A line for every request that ended. The query string and bodies are not the log's business. */
export function logRequests(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    response.on('close', () => {
      logger.info('request', {
        requestId: requestIdOf(response),
        method: request.method,
        path: request.path,
        status: response.writableFinished ? response.statusCode : 'gone',
        caller: (response.locals['caller'] as { id: string } | undefined)?.id,
        elapsedMs: Math.round((performance.now() - startedAt) * 10) / 10,
      });
    });
    next();
  };
}
