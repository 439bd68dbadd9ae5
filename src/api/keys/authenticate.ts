import type { Request, RequestHandler, Response } from 'express';
import { EideticError } from '../../domain/errors.ts';
import { callerOf, callerWithScope, LOCAL_CALLER, type Scope } from './caller.ts';
import type { KeyStore } from './key-store.ts';

/** Longer than any key; what is longer is not even hashed. */
const LONGEST_SECRET = 200;

/**
 * Finds out who asks, from `Authorization: Bearer KEY` or `X-Api-Key: KEY`, for {@link callerOf} to tell. A key
 * that is given must be right, also where none is needed.
 * @param store null when the server has no keys: every key is then wrong
 * @param options `required` false lets requests without a key through as the local caller, who may do everything
 * @throws EideticError UNAUTHORIZED, with `WWW-Authenticate` set
 */
export function authenticate(
  store: KeyStore | null,
  { required }: { readonly required: boolean },
): RequestHandler {
  return async (request, response, next) => {
    const given = givenSecret(request);
    if (given === 'none' && required) {
      throw unauthorized(
        response,
        'This server needs a key: send "Authorization: Bearer KEY". "eidetic keys add" makes one.',
      );
    }
    const key = typeof given === 'string' ? null : await (store?.find(given.secret) ?? null);
    if (given !== 'none' && key === null) {
      // The same answer whether a key never was, was revoked or is garbled: that is not a stranger's business.
      throw unauthorized(response, 'The key is not one of this server, or was revoked.');
    }
    response.locals['caller'] = key === null ? LOCAL_CALLER : callerWithScope(key.id, key.scope);
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
