import type { PictureFormat } from '../domain/picture.ts';
import { CodedParts } from './image-data/coded-parts.ts';
import { DoubtfulStructure } from './image-data/doubtful-structure.ts';
import { addHeifParts } from './image-data/heif-parts.ts';
import { addJpegParts } from './image-data/jpeg-parts.ts';
import { addPngParts } from './image-data/png-parts.ts';
import { addWebpParts } from './image-data/webp-parts.ts';
import { sniffFormat } from './picture-format.ts';

/** What the hash covers. To be raised with every change of it: hashes of two versions are never equal. */
const IMAGE_DATA_HASH_VERSION = 1;

/** More at once than this is more than a hash takes. */
const MOST_BYTES = 1 << 30;

type AddParts = (parts: CodedParts, bytes: Uint8Array) => void;

const CONTAINERS: Readonly<Partial<Record<PictureFormat, AddParts>>> = {
  jpeg: addJpegParts,
  png: addPngParts,
  webp: addWebpParts,
  heic: addHeifParts,
  avif: addHeifParts,
};

/**
 * SHA-256 over the coded picture and everything that decides how it is shown: frames and timing, orientation, color
 * profile, transparency, further pictures, and whatever is not known. What editors of metadata change is left out:
 * EXIF (but for orientation, Adobe RGB where there is no profile, and Apple's note where there may be a gain map), XMP
 * that only describes, IPTC, comments, texts, times, density, the background that a PNG proposes. Two files with equal
 * hashes look the same. Different ones mean nothing: what is in doubt counts. It does not say that a file is whole, for
 * nothing is decoded, nor what else its metadata holds: sound, raw thermal data, who took it and when.
 * @param bytes a whole picture file, whatever is in it; not changed
 * @param format as found by its first bytes
 * @returns 64 lowercase hex digits; null for other formats, image sequences, files that are not built as expected and
 *   those above 1 GiB
 */
export function hashImageData(bytes: Uint8Array, format: PictureFormat): string | null {
  const addParts = CONTAINERS[format];
  if (addParts === undefined || bytes.length > MOST_BYTES || sniffFormat(bytes) !== format) {
    return null;
  }
  const parts = new CodedParts(`image data ${IMAGE_DATA_HASH_VERSION} of ${format}`, bytes.length);
  try {
    addParts(parts, bytes);
    return parts.digest();
  } catch (cause) {
    if (cause instanceof DoubtfulStructure) {
      return null;
    }
    throw cause;
  }
}
