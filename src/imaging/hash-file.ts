import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { ContentHash } from '../domain/picture.ts';
import type { PictureLimits } from '../domain/picture-limits.ts';
import { hashPixels } from './hash-pixels.ts';

/** Opening a pipe that took a file's place would wait for somebody to write to it. */
const READ_WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

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

/** Null when it cannot be read, or is no file of at most so many bytes. */
async function readIfThere(path: string, maxBytes: number): Promise<Uint8Array | null> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, READ_WITHOUT_WAITING);
    const stats = await handle.stat();
    return stats.isFile() && stats.size <= maxBytes ? await handle.readFile() : null;
  } catch {
    return null;
  } finally {
    await handle?.close();
  }
}
