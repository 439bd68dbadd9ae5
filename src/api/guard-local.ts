import type { Request, RequestHandler } from 'express';
import { EideticError } from '../domain/errors.ts';
import { refererOrigin } from './page-origin.ts';
import { proxyHeader } from './proxy-header.ts';

/** What a server without keys answers to beside this machine's own names and pages. */
export interface LocalExceptions {
  /** One more host name, in lower case; null for none. */
  readonly publicHost: string | null;
  /** Origins of web pages. */
  readonly allowedOrigins: readonly string[];
}

/**
 * Guards a server without keys against all who are not at this machine, and against web pages that the person at it has
 * open. It answers
 * - no proxy that says it is one: whoever it lets in could do everything;
 * - only under a name of this machine itself (a page that rebinds its own name to 127.0.0.1 uses another) or the one
 *   that was named;
 * - to no page of another origin: a form can be sent anywhere, and an `<img>` of any page would show, or tell by its
 *   size, what this person's pictures are. An `<img>` has no `Origin`; browsers say in `Sec-Fetch-Site` that it comes
 *   from elsewhere, and in `Referer` from where, unless the page keeps that back, and then it is refused too. Links are
 *   followed from anywhere: of what is opened for itself, the page with the link sees nothing.
 *
 * As much as can be seen: a proxy that adds no header and passes another Host on looks like a program of this machine.
 * @throws EideticError FORBIDDEN
 */
export function guardLocal(exceptions: LocalExceptions): RequestHandler {
  return (request, _response, next) => {
    refuseProxy(request);
    const own = ownOrigins(request, exceptions.publicHost);
    if (!isWelcome(request, [...own, ...exceptions.allowedOrigins])) {
      throw new EideticError(
        'FORBIDDEN',
        'Found a request from a web page of another origin, which a server without keys does not serve; name it with --cors. (A page that keeps its Referer back shows pictures by <img crossorigin="anonymous">.)',
      );
    }
    next();
  };
}

function refuseProxy(request: Request): void {
  const header = proxyHeader(request.headers);
  if (header !== null) {
    throw new EideticError(
      'FORBIDDEN',
      `Found the header ${header}: the request came through a proxy, and anyone whom the proxy lets in could read and delete. Make a key: eidetic keys add NAME, and start the server again.`,
    );
  }
}

/** The origins of this server's own pages under the name that was asked. @throws EideticError FORBIDDEN for others */
function ownOrigins({ headers: { host = '' } }: Request, publicHost: string | null): string[] {
  if (/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host)) {
    return [`http://${host}`];
  }
  if (publicHost !== null && host.toLowerCase().replace(/:\d+$/, '') === publicHost) {
    // What stands in front may speak https.
    return [`http://${host}`, `https://${host}`];
  }
  throw new EideticError(
    'FORBIDDEN',
    'Found another host name than localhost, which a server without keys does not answer to; use http://127.0.0.1, name it with --public-host, or start the server with keys.',
  );
}

function isWelcome(request: Request, origins: readonly string[]): boolean {
  const { origin, ...headers } = request.headers;
  if (origin !== undefined) {
    return origins.includes(origin);
  }
  const site = headers['sec-fetch-site'];
  const isOpened = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  if (site === undefined || site === 'none' || isOpened) {
    return true; // no page, or one whose browser keeps it from seeing what it has not fetched with an Origin
  }
  const page = refererOrigin(request);
  return page === null ? site === 'same-origin' : origins.includes(page);
}
