import type { RequestHandler } from 'express';
import { pageOrigin } from './page-origin.ts';

/**
 * Lets web pages of named origins use the API (CORS) and show its pictures; others get no such headers, so browsers
 * refuse them.
 */
export function allowOrigins(origins: readonly string[]): RequestHandler {
  return (request, response, next) => {
    response.vary('Origin');
    if (origins.length > 0) {
      // The answer to an <img>, which has no Origin, says by it who may show the picture; it may be kept for long.
      response.vary('Referer');
    }
    const page = pageOrigin(request);
    if (page === null || !origins.includes(page)) {
      next();
      return;
    }
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    if (request.headers.origin === undefined) {
      next();
      return;
    }
    response.setHeader('Access-Control-Allow-Origin', page);
    // With the cookie of a session, which browsers send within one site only.
    response.setHeader('Access-Control-Allow-Credentials', 'true');
    response.setHeader('Access-Control-Expose-Headers', 'X-Request-Id, Retry-After');
    if (request.method !== 'OPTIONS') {
      next();
      return;
    }
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST, DELETE');
    response.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type, X-Api-Key');
    response.setHeader('Access-Control-Max-Age', '600');
    response.status(204).end();
  };
}
