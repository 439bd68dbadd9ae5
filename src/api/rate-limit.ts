import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit as limitRate } from 'express-rate-limit';
import { EideticError } from '../domain/errors.ts';
import { callerOf, LOCAL_CALLER } from './keys/caller.ts';

/** A page shows so many thumbnails for each question that it asks: scrolling must not empty it. */
const THUMBNAILS_A_REQUEST = 20;

/**
 * Limits how often one caller may ask: one key, or without keys one address (an IPv6 caller is its /56 network,
 * because the addresses within are free to take). Runs after `authenticate`. Every answer carries the `RateLimit`
 * headers, a refusal `Retry-After` besides.
 * @param options.perMinute requests in a minute, 1 or more; of thumbnails, counted apart, twenty times as many
 * @throws EideticError RATE_LIMITED
 */
export function rateLimit({ perMinute }: { readonly perMinute: number }): RequestHandler {
  const limitOf = (request: Request) =>
    isForThumbnail(request) ? THUMBNAILS_A_REQUEST * perMinute : perMinute;
  return limitRate({
    windowMs: 60_000,
    limit: limitOf,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (request, response) => {
      const caller = callerOf(response);
      // A socket that is closed already has no address; its answer goes nowhere.
      const address = () => ipKeyGenerator(request.ip ?? '0.0.0.0');
      // Who looks at a page with signed links must not use up what the key that signed them may ask.
      const isByKey = caller.id !== LOCAL_CALLER.id && caller.proof !== 'link';
      return [
        caller.id,
        ...(isByKey ? [] : [address()]),
        ...(isForThumbnail(request) ? ['thumbnails'] : []),
      ].join(' ');
    },
    handler: (request, response, next) => next(tooOften(limitOf(request), response)),
    // These two only print advice about proxies, once, when a client sends a header it is free to send.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
  });
}

function isForThumbnail({ path }: Request): boolean {
  return path.endsWith('/thumbnail');
}

function tooOften(perMinute: number, response: Response): EideticError {
  const retryAfterSeconds = Number(response.getHeader('Retry-After') ?? 60);
  return new EideticError(
    'RATE_LIMITED',
    `Found more than ${perMinute} requests in a minute, expected at most that; ask again in ${retryAfterSeconds} seconds.`,
    { details: { retryAfterSeconds } },
  );
}
