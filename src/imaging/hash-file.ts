import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { ContentHash } from '../domain/picture.ts';
import type { PictureLimits } from '../domain/picture-limits.ts';
import { hashPixels } from './hash-pixels.ts';

/**
 * The pixel hash of a picture that lies in one of several files.
 * @param paths tried in turn; a file that cannot be read, or holds other bytes by now, is passed over
 * @returns `absent` when none of them holds the picture
 * @throws EideticError as {@link hashPixels}
 */
export async function hashFile(
  paths: readonly string[],
  contentHash: ContentHash,
  limits: PictureLimits,
): Promise<{ readonly pixelHash: string | null } | 'absent'> {
  for (const path of paths) {
    const bytes = await readIfThere(path, limits.maxBytes);
    if (bytes !== null && createHash('sha256').update(bytes).digest('hex') === contentHash) {
      return { pixelHash: await hashPixels(bytes, limits) };
    }
  }
  return 'absent';
}

async function readIfThere(path: string, maxBytes: number): Promise<Uint8Array | null> {
  try {
    const found = await stat(path);
    return found.isFile() && found.size <= maxBytes ? await readFile(path) : null;
  } catch {
    return null;
  }
}
