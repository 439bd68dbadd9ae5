import type { Response } from 'express';

/** What a key may do. Each includes those before it: who may administer may write, who may write may read. */
export const SCOPES = ['read', 'write', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/**
 * How a caller has shown who it is: by the key itself, by the cookie of a session or by a signed link, which two a key
 * has made; `none` where the server asks for none.
 */
export type Proof = 'none' | 'key' | 'session' | 'link';

/** Who asks. */
export interface Caller {
  /** Id of the key; `local` when the server asks for none. */
  readonly id: string;
  readonly scopes: ReadonlySet<Scope>;
  readonly proof: Proof;
  /** When the session ends by whose cookie it came, ISO 8601; null for who came otherwise. */
  readonly expiresAt: string | null;
}

/** Who asks a server that needs no keys, because only this machine can reach it. */
export const LOCAL_CALLER: Caller = { id: 'local', scopes: new Set(SCOPES), proof: 'none', expiresAt: null };

export function callerWithScope(
  id: string,
  scope: Scope,
  proof: Proof = 'key',
  expiresAt: string | null = null,
): Caller {
  return { id, scopes: new Set(SCOPES.slice(0, SCOPES.indexOf(scope) + 1)), proof, expiresAt };
}

/** The caller that `authenticate` found. Asking before it has run is a bug. */
export function callerOf(response: Response): Caller {
  const caller = response.locals['caller'] as Caller | undefined;
  if (caller === undefined) {
    throw new Error('a route asks who the caller is, but nothing has authenticated the request');
  }
  return caller;
}
