import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** What a key signs. What was signed for one purpose is worth nothing for another. */
export type SignedPurpose = 'thumbnail link' | 'session';

/** Signs a text: HMAC-SHA256 in base64url, 43 characters. */
export type Sign = (text: string) => string;

/**
 * Signs in the name of a key. What it signs with is derived (HKDF, RFC 5869) from what the key's file holds: so it
 * outlives a restart, is the same for every server of the library, and ends with the key.
 * @param secretSha256 hex
 */
export function signerOf(secretSha256: string, purpose: SignedPurpose): Sign {
  const derived = hkdfSync('sha256', Buffer.from(secretSha256, 'hex'), '', `eidetic ${purpose}`, 32);
  const signingKey = Buffer.from(derived);
  return (text) => createHmac('sha256', signingKey).update(text).digest('base64url');
}

/** Whether a signature is the one of a text; how long it takes tells nothing of where it differs. */
export function isSignature(sign: Sign, text: string, given: string): boolean {
  const [right, other] = [Buffer.from(sign(text)), Buffer.from(given)];
  return right.length === other.length && timingSafeEqual(right, other);
}
