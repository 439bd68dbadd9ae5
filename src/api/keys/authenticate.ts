import type { Request, RequestHandler, Response } from 'express';
import { EideticError } from '../../domain/errors.ts';
import { type Caller, callerOf, callerWithScope, LOCAL_CALLER, type Scope } from './caller.ts';
import type { KeyStore } from './key-store.ts';
import { requireOwnPage } from './own-page.ts';
import { keyOfSession, sessionCookies } from './session-cookie.ts';
import { keyOfLink, namesSignature } from './thumbnail-links.ts';

/** Longer than any key; what is longer is not even hashed. */
const LONGEST_SECRET = 200;

/**
 * Finds out who asks, for {@link callerOf} to tell: from `Authorization: Bearer KEY` or `X-Api-Key: KEY`, else from a
 * signed link to a thumbnail, else from the cookie of a session. A key that is given must be right, also where none is
 * needed, and beside a link or cookie it alone counts.
 * @param store null when the server has no keys: every key is then wrong
 * @param options `required` false lets requests without a key through as the local caller, who may do everything
 * @throws EideticError UNAUTHORIZED, with `WWW-Authenticate` set; FORBIDDEN when a page of another origin sends the
 * cookie with more than a question
 */
export function authenticate(
  store: KeyStore | null,
  { required }: { readonly required: boolean },
): RequestHandler {
  return async (request, response, next) => {
    const given = givenSecret(request);
    if (given !== 'none') {
      response.locals['caller'] = await callerWithKey(store, given, response);
    } else if (required) {
      response.locals['caller'] = await callerWithoutKey(store, request, response);
    } else {
      response.locals['caller'] = LOCAL_CALLER;
    }
    next();
  };
}

/** Lets through only callers with a scope; runs after {@link authenticate}. @throws EideticError FORBIDDEN */
export function requireScope(scope: Scope): RequestHandler {
  return (_request, response, next) => {
    if (!callerOf(response).scopes.has(scope)) {
      throw new EideticError('FORBIDDEN', `This key may not do that: it needs the scope "${scope}".`);
    }
    next();
  };
}

async function callerWithKey(
  store: KeyStore | null,
  given: 'garbled' | { readonly secret: string },
  response: Response,
): Promise<Caller> {
  const key = given === 'garbled' ? null : await (store?.find(given.secret) ?? null);
  if (key === null) {
    // The same answer whether a key never was, was revoked or is garbled: that is not a stranger's business.
    throw unauthorized(response, 'The key is not one of this server, or was revoked.');
  }
  return callerWithScope(key.id, key.scope);
}

async function callerWithoutKey(
  store: KeyStore | null,
  request: Request,
  response: Response,
): Promise<Caller> {
  const signer = store === null ? null : await keyOfLink(store, request);
  if (signer !== null) {
    return callerWithScope(signer.id, 'read', 'link');
  }
  const session = store === null ? null : await keyOfSession(store, request);
  if (session !== null) {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      requireOwnPage(request);
    }
    const { key, expiresAt } = session;
    return callerWithScope(key.id, key.scope, 'session', expiresAt);
  }
  throw unauthorized(response, refusalOf(request));
}

function refusalOf(request: Request): string {
  if (namesSignature(request)) {
    return 'The link is signed for another thumbnail, has ended, or its key was revoked; ask for the picture again, its "thumbnail" is a new one.';
  }
  if (sessionCookies(request).length > 0) {
    return 'The session has ended or its key was revoked; open another: POST v1/session with "Authorization: Bearer KEY".';
  }
  return 'This server needs a key: send "Authorization: Bearer KEY". "eidetic keys add" makes one.';
}

function givenSecret(request: Request): 'none' | 'garbled' | { readonly secret: string } {
  const authorization = request.get('authorization');
  const apiKey = request.get('x-api-key');
  if (authorization === undefined && apiKey === undefined) {
    return 'none';
  }
  const bearer = authorization === undefined ? apiKey : /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
  const isAmbiguous = apiKey !== undefined && bearer !== apiKey;
  return bearer === undefined || isAmbiguous || bearer.length > LONGEST_SECRET
    ? 'garbled'
    : { secret: bearer };
}

function unauthorized(response: Response, message: string): EideticError {
  response.setHeader('WWW-Authenticate', 'Bearer realm="eidetic"');
  return new EideticError('UNAUTHORIZED', message);
}
