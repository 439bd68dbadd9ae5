import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { EideticError } from '../domain/errors.ts';
import type { ContentHash, FileStamp } from '../domain/picture.ts';

export interface ReadFile {
  readonly stamp: FileStamp;
  readonly bytes: Uint8Array;
  readonly contentHash: ContentHash;
}

/** Read and hashed piece by piece, so that no piece holds up the thread. */
const CHUNK_BYTES = 1024 * 1024;

/** An error whose cause may lie outside the file: worth another try in the next run. */
export class TransientReadError extends EideticError {}

/**
 * Reads and hashes a whole file.
 * @throws TransientReadError (IMAGE_UNREADABLE) when it cannot be read or changes meanwhile
 * @throws EideticError IMAGE_TOO_LARGE above `maxBytes`
 */
export async function readFile(path: string, maxBytes: number): Promise<ReadFile> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    const before = await handle.stat();
    if (before.size > maxBytes) {
      throw new EideticError(
        'IMAGE_TOO_LARGE',
        `Found a file of ${before.size} bytes, expected at most ${maxBytes}; raise --max-bytes to index it.`,
      );
    }
    const bytes = new Uint8Array(before.size);
    const hash = createHash('sha256');
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await handle.read(bytes, filled, Math.min(CHUNK_BYTES, bytes.length - filled));
      if (bytesRead === 0) {
        break;
      }
      hash.update(bytes.subarray(filled, filled + bytesRead));
      filled += bytesRead;
    }
    const after = await handle.stat();
    if (after.mtimeMs !== before.mtimeMs || after.size !== before.size || filled < before.size) {
      throw new TransientReadError(
        'IMAGE_UNREADABLE',
        'The file changed while it was being read; it is tried again in the next run.',
      );
    }
    return {
      stamp: { path, sizeBytes: before.size, modifiedMs: before.mtimeMs },
      bytes,
      contentHash: hash.digest('hex'),
    };
  } catch (error) {
    throw error instanceof EideticError ? error : unreadable(error);
  } finally {
    await handle?.close();
  }
}

function unreadable(error: unknown): TransientReadError {
  return new TransientReadError(
    'IMAGE_UNREADABLE',
    `The file cannot be read: ${describeSystemError(error)}. It is tried again in the next run.`,
    { cause: error },
  );
}

/** A system error in a person's words. */
export function describeSystemError(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'ENOENT':
      return 'it is not there';
    case 'EIO':
      return 'the device reports an error';
    case 'ELOOP':
      return 'its symbolic links lead in a circle';
    case 'ENAMETOOLONG':
      return 'its name is too long';
    default:
      return message;
  }
}
