import type { Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { describeSystemError } from '../domain/describe-system-error.ts';
import { EideticError } from '../domain/errors.ts';
import { READ_WITHOUT_WAITING } from '../indexer/open-file.ts';

/**
 * Reads a picture file that a person named.
 * @param maxBytes no more is read
 * @throws EideticError NOT_FOUND when it cannot be read; INVALID_INPUT when it is no regular file; IMAGE_TOO_LARGE
 */
export async function readPicture(path: string, maxBytes: number): Promise<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    // Looked at before it is opened: opening a device may do something.
    requireRegular(path, await stat(path));
    handle = await open(path, READ_WITHOUT_WAITING);
    const stats = await handle.stat();
    requireRegular(path, stats);
    if (stats.size > maxBytes) {
      throw tooLarge(`a file of ${stats.size} bytes at ${path}`, maxBytes);
    }
    const stream = handle.createReadStream({ autoClose: false });
    return await collect(stream, maxBytes, `a file at ${path}`);
  } catch (cause) {
    if (cause instanceof EideticError) {
      throw cause;
    }
    throw new EideticError(
      'NOT_FOUND',
      `The picture ${path} cannot be read: ${describeSystemError(cause)}; name a picture file that is there and may be read.`,
      { cause },
    );
  } finally {
    await handle?.close();
  }
}

/**
 * Reads a picture from a stream to its end; when it is too long, to the limit.
 * @param name what it is, for the message
 * @throws EideticError INVALID_INPUT when it cannot be read or is empty; IMAGE_TOO_LARGE
 */
export async function readPictureStream(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number,
  name: string,
): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await collect(stream, maxBytes, name);
  } catch (cause) {
    if (cause instanceof EideticError) {
      throw cause;
    }
    throw new EideticError('INVALID_INPUT', `Cannot read ${name}: ${(cause as Error).message}.`, { cause });
  }
  if (bytes.length === 0) {
    throw new EideticError('INVALID_INPUT', `Found nothing on ${name}, expected a picture file.`);
  }
  return bytes;
}

async function collect(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number,
  name: string,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of stream) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) {
      throw tooLarge(`more than ${maxBytes} bytes on ${name}`, maxBytes);
    }
    chunks.push(chunk);
  }
  // Not of a pool that others share: it may be handed to another thread.
  const bytes = new Uint8Array(sizeBytes);
  let filled = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, filled);
    filled += chunk.length;
  }
  return bytes;
}

function requireRegular(path: string, stats: Stats): void {
  if (stats.isDirectory()) {
    throw new EideticError(
      'INVALID_INPUT',
      `${path} is a folder; name a picture in it, or index it with "eidetic index".`,
    );
  }
  if (!stats.isFile()) {
    const what = stats.isFIFO() ? 'a pipe' : stats.isSocket() ? 'a socket' : 'a device';
    throw new EideticError(
      'INVALID_INPUT',
      `${path} is ${what}, expected a picture file; what comes out of it can be searched for as "-", with "< ${path}".`,
    );
  }
}

function tooLarge(found: string, maxBytes: number): EideticError {
  return new EideticError(
    'IMAGE_TOO_LARGE',
    `Found ${found}, expected at most ${maxBytes}; raise --max-bytes to search with it.`,
  );
}
