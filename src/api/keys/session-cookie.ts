import type { CookieOptions, Request, Response } from 'express';
import { EideticError } from '../../domain/errors.ts';
import { isSignature } from './key-signature.ts';
import type { ApiKey, KeyStore } from './key-store.ts';

/** The cookie by which a page's `<img>` and `EventSource`, which send no header, show that they have a key. */
export const SESSION_COOKIE = 'eidetic_session';

const SESSION_SECONDS = 12 * 3_600;

/** Where the cookie is sent to, and how. */
export interface CookiePlace {
  /** What comes before every path, such as `/eidetic`, or nothing. */
  readonly basePath: string;
  /** Whether the page is shown over https, so that the cookie must never go over http. */
  readonly isHttps: boolean;
}

/**
 * Lets a browser in for twelve hours, or until the key is revoked. The cookie holds the key's id, when it ends and a
 * signature, never the key, and scripts cannot read it.
 * @returns when it ends, milliseconds since 1970
 * @throws EideticError UNAUTHORIZED when the key was revoked a moment ago
 */
export async function setSessionCookie(
  response: Response,
  keys: KeyStore,
  keyId: string,
  place: CookiePlace,
): Promise<number> {
  const signing = await keys.signing(keyId, 'session');
  if (signing === null) {
    throw new EideticError('UNAUTHORIZED', 'The key was revoked.');
  }
  const expires = Math.floor(Date.now() / 1_000) + SESSION_SECONDS;
  const value = `${keyId}.${expires}.${signing.sign(textOf(keyId, expires))}`;
  response.cookie(SESSION_COOKIE, value, { ...optionsOf(place), maxAge: SESSION_SECONDS * 1_000 });
  return expires * 1_000;
}

/** Takes the cookie out of the browser. */
export function clearSessionCookie(response: Response, place: CookiePlace): void {
  response.clearCookie(SESSION_COOKIE, optionsOf(place));
}

/** What a cookie proves. */
export interface Session {
  readonly key: ApiKey;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** The key whose session a request's cookie proves; null when there is none that still holds. */
export async function keyOfSession(keys: KeyStore, request: Request): Promise<Session | null> {
  // Another page of this host can set a cookie of the same name for a longer path: the one that holds counts.
  for (const value of sessionCookies(request)) {
    const [, keyId = '', expires = '', signature = ''] = /^(\w+)\.(\d{1,12})\.([\w-]+)$/.exec(value) ?? [];
    if (Number(expires) * 1_000 <= Date.now()) {
      continue;
    }
    const signing = await keys.signing(keyId, 'session');
    if (signing !== null && isSignature(signing.sign, textOf(keyId, Number(expires)), signature)) {
      return { key: signing.key, expiresAt: new Date(Number(expires) * 1_000).toISOString() };
    }
  }
  return null;
}

/** The values that a request's cookies of this name have. */
export function sessionCookies({ headers }: Request): string[] {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs
    .filter((pair) => pair.startsWith(`${SESSION_COOKIE}=`))
    .map((pair) => pair.slice(SESSION_COOKIE.length + 1));
}

function textOf(keyId: string, expires: number): string {
  return `${keyId}\n${expires}`;
}

function optionsOf({ basePath, isHttps }: CookiePlace): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure: isHttps, path: basePath === '' ? '/' : basePath };
}
