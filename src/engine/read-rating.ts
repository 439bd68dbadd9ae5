import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import type { PictureFormat } from '../domain/picture.ts';
import { readXmpRating } from '../imaging/read-xmp-rating.ts';

/** Bytes at the start of a JPEG before which programs write what they know of it; sidecars are smaller. */
const START = 256 * 1024;

/**
 * Reads the stars that somebody gave a picture: from a sidecar beside it, else from itself where it is a JPEG.
 * @param path absolute
 * @returns 1 to 5; null when there are none, or they cannot be read
 */
export async function readRating(path: string, format: PictureFormat): Promise<number | null> {
  for (const sidecar of sidecarsOf(path)) {
    const rating = readXmpRating(await startOf(sidecar));
    if (rating !== null) {
      return rating;
    }
  }
  return format === 'jpeg' ? readXmpRating(await startOf(path)) : null;
}

function sidecarsOf(path: string): string[] {
  const stem = path.slice(0, path.length - extname(path).length);
  return [path, stem].flatMap((base) => [`${base}.xmp`, `${base}.XMP`]);
}

/** Nothing of what is not there. */
async function startOf(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(START) });
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return new Uint8Array();
  }
}
