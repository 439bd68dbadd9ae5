import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { EideticError } from '../domain/errors.ts';
import type { ContentHash, FileStamp } from '../domain/picture.ts';
import { describeSystemError } from './describe-system-error.ts';
import type { DeviceTable } from './device-table.ts';
import { lookOf } from './file-look.ts';
import { stampOf } from './file-stamp.ts';

export interface ReadFile {
  readonly stamp: FileStamp;
  readonly bytes: Uint8Array;
  readonly contentHash: ContentHash;
}

/** Read and hashed piece by piece, so that no piece holds up the thread. */
const CHUNK_BYTES = 1024 * 1024;

/** Opening a pipe that took a file's place would wait for somebody to write to it. */
const READ_WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Reads and hashes a whole file.
 * @throws EideticError IMAGE_UNREADABLE with `details.isPassing` when it cannot be read or changes meanwhile;
 *   IMAGE_TOO_LARGE above `maxBytes`
 */
export async function readFile(path: string, maxBytes: number, devices: DeviceTable): Promise<ReadFile> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, READ_WITHOUT_WAITING);
    const before = await handle.stat({ bigint: true });
    if (!before.isFile()) {
      throw new Error('it is no longer a regular file');
    }
    if (before.size > maxBytes) {
      throw new EideticError(
        'IMAGE_TOO_LARGE',
        `Found a file of ${before.size} bytes, expected at most ${maxBytes}; raise --max-bytes to index it.`,
      );
    }
    const { bytes, contentHash } = await readAll(handle, Number(before.size));
    const after = await handle.stat({ bigint: true });
    if (after.mtimeNs !== before.mtimeNs || after.size !== before.size || bytes.length < before.size) {
      throw passing('The file changed while it was being read; it is tried again in the next run.');
    }
    return { stamp: stampOf(path, lookOf(before), devices), bytes, contentHash };
  } catch (error) {
    if (error instanceof EideticError) {
      throw error;
    }
    throw passing(
      `The file cannot be read: ${describeSystemError(error)}. It is tried again in the next run.`,
      error,
    );
  } finally {
    await handle?.close();
  }
}

/** @param sizeBytes how many to read; fewer come when the file is shorter now */
async function readAll(
  handle: FileHandle,
  sizeBytes: number,
): Promise<{ bytes: Uint8Array; contentHash: ContentHash }> {
  const bytes = new Uint8Array(sizeBytes);
  const hash = createHash('sha256');
  let filled = 0;
  while (filled < sizeBytes) {
    const { bytesRead } = await handle.read(bytes, filled, Math.min(CHUNK_BYTES, sizeBytes - filled));
    if (bytesRead === 0) {
      break;
    }
    hash.update(bytes.subarray(filled, filled + bytesRead));
    filled += bytesRead;
  }
  return { bytes: bytes.subarray(0, filled), contentHash: hash.digest('hex') };
}

/** An error whose cause may lie outside the file. */
function passing(message: string, cause?: unknown): EideticError {
  return new EideticError('IMAGE_UNREADABLE', message, { cause, details: { isPassing: true } });
}
