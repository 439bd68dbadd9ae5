import { createHash, randomBytes } from 'node:crypto';

/** Tells a key from any other secret, for people and for scanners of leaked secrets. */
const PREFIX = 'eid_';

/** A new secret: the prefix and 256 random bits in base64url. */
export function makeSecret(): string {
  return PREFIX + randomBytes(32).toString('base64url');
}

/**
 * What is kept of a secret. A plain SHA-256, not a slow password hash: a slow hash makes guessing dear, and nobody
 * guesses 256 random bits at any price; it would only let strangers burn this machine's time with wrong keys.
 */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
