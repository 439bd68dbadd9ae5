import { createHash } from 'node:crypto';
import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { describeSystemError } from '../domain/describe-system-error.ts';
import { EideticError } from '../domain/errors.ts';
import type { ContentHash, FileStamp } from '../domain/picture.ts';
import type { DeviceTable } from './device-table.ts';
import { lookOf } from './file-look.ts';
import { stampOf } from './file-stamp.ts';

export interface ReadFile {
  readonly stamp: FileStamp;
  readonly bytes: Uint8Array;
  readonly contentHash: ContentHash;
}

/** What tells a picture from any other file lies in these. */
const START_BYTES = 64 * 1024;

/** Read and hashed piece by piece, so that no piece holds up the thread. */
const CHUNK_BYTES = 1024 * 1024;

/** Opening a pipe that took a file's place would wait for somebody to write to it. */
export const READ_WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** A file of which the start was read, so that the rest is read only where that is worth it. */
export class OpenFile {
  /** As of when it was opened. */
  readonly stamp: FileStamp;
  /** The first 64 KB, or all there is. */
  readonly start: Uint8Array;
  readonly #handle: FileHandle;
  readonly #before: BigIntStats;

  private constructor(handle: FileHandle, before: BigIntStats, stamp: FileStamp, start: Uint8Array) {
    this.#handle = handle;
    this.#before = before;
    this.stamp = stamp;
    this.start = start;
  }

  /**
   * Opens a file; to be closed.
   * @throws EideticError IMAGE_UNREADABLE with `details.isPassing` when it cannot be read
   */
  static async open(path: string, devices: DeviceTable): Promise<OpenFile> {
    let handle: FileHandle | undefined;
    try {
      handle = await open(path, READ_WITHOUT_WAITING);
      const before = await handle.stat({ bigint: true });
      if (!before.isFile()) {
        throw new Error('it is no longer a regular file');
      }
      const startBytes = Math.min(START_BYTES, Number(before.size));
      const start = await readOn(handle, new Uint8Array(), startBytes, () => {});
      return new OpenFile(handle, before, stampOf(path, lookOf(before), devices), start);
    } catch (error) {
      await handle?.close();
      throw unreadable(error);
    }
  }

  /**
   * Reads and hashes the whole file.
   * @throws EideticError IMAGE_UNREADABLE with `details.isPassing` when it cannot be read or changes meanwhile;
   *   IMAGE_TOO_LARGE above `maxBytes`
   */
  async readWhole(maxBytes: number): Promise<ReadFile> {
    const { size, mtimeNs } = this.#before;
    if (size > maxBytes) {
      throw new EideticError(
        'IMAGE_TOO_LARGE',
        `Found a file of ${size} bytes, expected at most ${maxBytes}; raise --max-bytes to index it.`,
      );
    }
    try {
      const { bytes, contentHash } = await this.#readAll(Number(size));
      const after = await this.#handle.stat({ bigint: true });
      if (after.mtimeNs !== mtimeNs || after.size !== size || bytes.length < size) {
        throw passing('The file changed while it was being read; it is tried again in the next run.');
      }
      return { stamp: this.stamp, bytes, contentHash };
    } catch (error) {
      throw unreadable(error);
    }
  }

  /** Safe to call twice. */
  async close(): Promise<void> {
    await this.#handle.close();
  }

  /** @param sizeBytes how many there are; fewer come when the file is shorter now */
  async #readAll(sizeBytes: number): Promise<{ bytes: Uint8Array; contentHash: ContentHash }> {
    const hash = createHash('sha256').update(this.start);
    const bytes = await readOn(this.#handle, this.start, sizeBytes, (piece) => hash.update(piece));
    return { bytes, contentHash: hash.digest('hex') };
  }
}

/**
 * Reads on in a file.
 * @param start its first bytes
 * @param onPiece told of each piece that comes behind them
 * @returns its first `sizeBytes`, fewer when it is shorter now
 */
async function readOn(
  handle: FileHandle,
  start: Uint8Array,
  sizeBytes: number,
  onPiece: (piece: Uint8Array) => void,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(sizeBytes);
  bytes.set(start);
  let filled = start.length;
  while (filled < sizeBytes) {
    const wanted = Math.min(CHUNK_BYTES, sizeBytes - filled);
    const { bytesRead } = await handle.read(bytes, filled, wanted, filled);
    if (bytesRead === 0) {
      break;
    }
    onPiece(bytes.subarray(filled, filled + bytesRead));
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

function unreadable(error: unknown): EideticError {
  return error instanceof EideticError
    ? error
    : passing(
        `The file cannot be read: ${describeSystemError(error)}. It is tried again in the next run.`,
        error,
      );
}

/** An error whose cause may lie outside the file. */
function passing(message: string, cause?: unknown): EideticError {
  return new EideticError('IMAGE_UNREADABLE', message, { cause, details: { isPassing: true } });
}
