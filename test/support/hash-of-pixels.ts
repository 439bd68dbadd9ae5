import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { hashPixels } from '../../src/imaging/hash-pixels.ts';

/** The pixel hash of a picture file within the default limits. */
export function hashOfPixels(bytes: Uint8Array): Promise<string | null> {
  return hashPixels(bytes, DEFAULT_PICTURE_LIMITS);
}
