import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { EideticError } from '../domain/errors.ts';
import type { PictureLimits } from '../domain/picture-limits.ts';
import type { PixelAnswer, PixelHasher, PixelRefusal } from '../domain/pixel-hasher.ts';
import { preparePicture } from './prepare-picture.ts';

/** Opening a pipe that took a file's place would wait for somebody to write to it. */
const READ_WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Hashes what {@link preparePicture} decodes. */
export function createPixelHasher(limits: PictureLimits): PixelHasher {
  async function hashBytes(bytes: Uint8Array, signal: AbortSignal): Promise<PixelAnswer> {
    signal.throwIfAborted();
    try {
      const { facts } = await preparePicture(bytes, [], limits);
      const isDrawing = facts.format === 'svg';
      return facts.pixelHash === null || isDrawing
        ? unknown('incomparable')
        : { kind: 'hashed', pixelHash: facts.pixelHash };
    } catch (error) {
      const isLasting = error instanceof EideticError && error.details['isPassing'] !== true;
      return unknown(isLasting ? 'incomparable' : 'unfinished');
    }
  }

  return {
    parallelism: availableParallelism(),
    async hash(files, contentHash, signal) {
      for (const file of files) {
        signal.throwIfAborted();
        const bytes = await readBytes(file, limits.maxBytes);
        if (bytes !== null && createHash('sha256').update(bytes).digest('hex') === contentHash) {
          return hashBytes(bytes, signal);
        }
      }
      return unknown('unreachable');
    },
    hashBytes,
    async close() {},
  };
}

function unknown(reason: PixelRefusal): PixelAnswer {
  return { kind: 'unknown', reason };
}

/** Null when it cannot be read, or is no file of at most so many bytes. */
async function readBytes(path: string, maxBytes: number): Promise<Uint8Array | null> {
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
