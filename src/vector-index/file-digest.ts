import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** What tells whether a file is the one that was written. */
export interface FileDigest {
  readonly sizeBytes: number;
  /** 64 lowercase hex digits. */
  readonly sha256: string;
}

/** A piece is hashed in a few milliseconds, and the event loop turns between two. */
const PIECE_BYTES = 1024 * 1024;

/** Reads a whole file, a piece at a time. */
export async function digestFile(path: string): Promise<FileDigest> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES })) {
    hash.update(piece);
    sizeBytes += piece.length;
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}
