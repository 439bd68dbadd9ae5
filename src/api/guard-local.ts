import type { RequestHandler } from 'express';
import { EideticError } from '../domain/errors.ts';

/**
 * Guards a server without keys against web pages that the person at this machine has open: it answers only under a
 * name of this machine itself (a page that rebinds its own name to 127.0.0.1 uses another), and to no page of another
 * origin (a form can be sent anywhere).
 * @param allowedOrigins origins that may use the API all the same
 * @throws EideticError FORBIDDEN
 */
export function guardLocal(allowedOrigins: readonly string[]): RequestHandler {
  return (request, _response, next) => {
    const host = request.headers.host ?? '';
    if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host)) {
      throw new EideticError(
        'FORBIDDEN',
        'Found another host name than localhost, which a server without keys does not answer to; use http://127.0.0.1 or start it with keys.',
      );
    }
    const { origin } = request.headers;
    if (origin !== undefined && origin !== `http://${host}` && !allowedOrigins.includes(origin)) {
      throw new EideticError(
        'FORBIDDEN',
        'Found a request from a web page of another origin, which a server without keys does not serve; name it with --cors.',
      );
    }
    next();
  };
}
