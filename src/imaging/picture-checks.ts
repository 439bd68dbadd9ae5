import { EideticError } from '../domain/errors.ts';
import type { PictureFormat } from '../domain/picture.ts';
import type { PictureLimits } from '../domain/picture-limits.ts';
import { sniffFormat } from './picture-format.ts';
import { refuseUnsupported } from './unsupported-format.ts';

/** What is said of a file without a byte in it. */
export const EMPTY_FILE = 'The file is empty, expected a picture; restore it from a backup.';

/**
 * The format of a file that is worth opening.
 * @throws EideticError IMAGE_UNREADABLE when it is empty, IMAGE_TOO_LARGE when it has more than `maxBytes`,
 *   FORMAT_UNSUPPORTED when it is nothing Eidetic reads
 */
export function checkFile(bytes: Uint8Array, limits: PictureLimits): PictureFormat {
  if (bytes.length === 0) {
    throw new EideticError('IMAGE_UNREADABLE', EMPTY_FILE);
  }
  if (bytes.length > limits.maxBytes) {
    throw new EideticError(
      'IMAGE_TOO_LARGE',
      `Found a file of ${count(bytes.length)} bytes, expected at most ${count(limits.maxBytes)}; raise the limit or save the picture smaller.`,
      { details: { sizeBytes: bytes.length, maxBytes: limits.maxBytes } },
    );
  }
  const format = sniffFormat(bytes);
  if (format === null) {
    throw refuseUnsupported(bytes);
  }
  return format;
}

/**
 * Refuses a picture before memory is taken for its pixels.
 * @throws EideticError IMAGE_TOO_LARGE when it has more than `maxPixels`
 */
export function checkPixels(size: { width: number; height: number }, limits: PictureLimits): void {
  const pixels = size.width * size.height;
  if (pixels > limits.maxPixels) {
    throw new EideticError(
      'IMAGE_TOO_LARGE',
      `Found a picture of ${count(size.width)} x ${count(size.height)} = ${count(pixels)} pixels, expected at most ${count(limits.maxPixels)}; raise the limit or save the picture smaller.`,
      { details: { width: size.width, height: size.height, maxPixels: limits.maxPixels } },
    );
  }
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
