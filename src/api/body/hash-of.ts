import type { ContentHash } from '../../domain/picture.ts';

/** The content hash of bytes, computed beside the event loop. */
export async function hashOf(bytes: Uint8Array): Promise<ContentHash> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes));
  return Buffer.from(digest).toString('hex');
}
