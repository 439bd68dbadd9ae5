import { type Request, Router } from 'express';
import { EideticError } from '../../domain/errors.ts';
import type { ApiParts } from '../api-parts.ts';
import { type Caller, SCOPES, type Scope } from '../keys/caller.ts';
import { type CookiePlace, clearSessionCookie, setSessionCookie } from '../keys/session-cookie.ts';
import { addRoute } from '../routing/add-route.ts';
import type { Operation } from '../routing/operation.ts';
import { type Session, sessionSchema } from '../schemas/session-schema.ts';

const COMMON = { tag: 'Session', path: '/v1/session', scope: 'read' } as const;

const EXAMPLE: Session = { scope: 'read', expiresAt: '2026-01-02T03:04:05.000Z', fetchesUrls: false };

const OPEN = {
  ...COMMON,
  id: 'openSession',
  method: 'post',
  summary: 'Lets this browser in by a cookie, for <img> and EventSource, which send no header',
  description:
    'Needs the key in a header; where no key is asked for, nothing is set. The cookie holds no key and cannot be read by scripts (HttpOnly, SameSite=Strict). With it, what changes something must come from a page of this server.',
  answers: {
    200: { description: 'The cookie is set', content: { 'application/json': sessionSchema } },
  },
  example: { answer: { status: 200, body: EXAMPLE } },
} as const satisfies Operation;

const LOOK = {
  ...COMMON,
  id: 'session',
  method: 'get',
  summary: 'What a caller may do, by its key or its cookie',
  answers: { 200: { description: 'What it may do', content: { 'application/json': sessionSchema } } },
  example: { answer: { status: 200, body: EXAMPLE } },
} as const satisfies Operation;

const CLOSE = {
  ...COMMON,
  id: 'closeSession',
  method: 'delete',
  summary: 'Takes the cookie back',
  answers: { 204: { description: 'The browser has none any more' } },
  example: { answer: { status: 204 } },
} as const satisfies Operation;

export const SESSION_OPERATIONS: readonly Operation[] = [OPEN, LOOK, CLOSE];

export function sessionRoutes({
  keys,
  basePath,
  fetchesUrls,
}: Pick<ApiParts, 'keys' | 'basePath' | 'fetchesUrls'>): Router {
  const router = Router();
  const placeOf = (request: Request): CookiePlace => ({ basePath, isHttps: isHttps(request) });
  addRoute(router, OPEN, async ({ request, response, caller }): Promise<Session> => {
    if (keys === null || caller.proof === 'none') {
      return { scope: 'admin', expiresAt: null, fetchesUrls }; // a page need not know whether the server asks for a key
    }
    if (caller.proof !== 'key') {
      throw new EideticError(
        'UNAUTHORIZED',
        'Found the cookie of a session, expected the key in the Authorization header: a session does not prolong itself.',
      );
    }
    const expires = await setSessionCookie(response, keys, caller.id, placeOf(request));
    response.setHeader('Cache-Control', 'no-store');
    return { scope: scopeOf(caller), expiresAt: new Date(expires).toISOString(), fetchesUrls };
  });
  addRoute(router, LOOK, async ({ caller, response }): Promise<Session> => {
    response.setHeader('Cache-Control', 'no-store');
    return { scope: scopeOf(caller), expiresAt: caller.expiresAt, fetchesUrls };
  });
  addRoute(router, CLOSE, async ({ request, response }) => {
    clearSessionCookie(response, placeOf(request));
    response.status(204).end();
  });
  return router;
}

/** The most that a caller may do. */
function scopeOf({ scopes }: Caller): Scope {
  return SCOPES.findLast((candidate) => scopes.has(candidate)) ?? 'read';
}

/** Whether a proxy says that the browser speaks https with it. Believed, since who is here has shown a key. */
function isHttps(request: Request): boolean {
  const scheme =
    request.get('x-forwarded-proto') ?? /\bproto="?(\w+)/i.exec(request.get('forwarded') ?? '')?.[1];
  return scheme?.split(',')[0]?.trim().toLowerCase() === 'https';
}
