import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { ContentHash } from '../domain/picture.ts';

/** Read and hashed piece by piece, so that no piece holds up the thread. */
const CHUNK_BYTES = 1024 * 1024;

/**
 * Reads an open file from its start to its end, and hashes it.
 * @param sizeBytes how long it is, about: what is read at a time need be no longer
 * @param onRead waited for after each piece; what it throws ends the reading
 * @throws system errors
 */
export async function hashOpenFile(
  handle: Pick<FileHandle, 'read'>,
  sizeBytes: number,
  onRead: (bytes: number) => Promise<void> | void = () => {},
): Promise<ContentHash> {
  const hash = createHash('sha256');
  const chunk = new Uint8Array(Math.max(1, Math.min(CHUNK_BYTES, sizeBytes)));
  for (let at = 0; ; ) {
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, at);
    if (bytesRead === 0) {
      return hash.digest('hex');
    }
    hash.update(chunk.subarray(0, bytesRead));
    at += bytesRead;
    await onRead(bytesRead);
  }
}
