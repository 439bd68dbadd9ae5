import { createHash } from 'node:crypto';
import type { Pixels } from './canonical-pixels.ts';

/** More at once than this is more than a hash takes. */
const MOST_BYTES_AT_ONCE = 1 << 30;

/**
 * SHA-256 over the size, the channel count and the pixels, 64 hex digits, for a picture of which they are all there is
 * (PIXEL_HASH_VERSION 2). Not by `crypto.subtle`, which copies its
 * input first.
 * @param pixels as {@link toCanonicalPixels} gives them
 */
export function hashPixels({ data, width, height, channels }: Pixels): string {
  const hash = createHash('sha256').update(`${width}x${height}x${channels}:`);
  for (let start = 0; start < data.length; start += MOST_BYTES_AT_ONCE) {
    hash.update(data.subarray(start, start + MOST_BYTES_AT_ONCE));
  }
  return hash.digest('hex');
}
