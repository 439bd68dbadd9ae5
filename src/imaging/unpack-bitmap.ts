import type { PictureLimits } from '../domain/picture-limits.ts';
import type { DibHeader } from './dib-header.ts';
import { decodeDibPixels } from './dib-pixels.ts';
import { judgePicture } from './judge-picture.ts';
import { type Bitmap, type BitmapFormat, openBitmap, readBitmapSize } from './open-bitmap.ts';
import { checkPixels } from './picture-checks.ts';
import { wrapAsTiff } from './uncompressed-tiff.ts';

/**
 * Gives the picture of a BMP file, or the largest one of an icon or mouse cursor, as a file that sharp decodes: a TIFF,
 * or the PNG or JPEG that is inside. Blocks its thread.
 * @throws EideticError IMAGE_TOO_LARGE, by the header, for more than `maxPixels`
 * @throws Error when it ends before its picture does, is damaged, or of a kind that is not supported
 */
export async function unpackBitmap(
  bytes: Uint8Array,
  format: BitmapFormat,
  limits: PictureLimits,
): Promise<Uint8Array> {
  const bitmap = openBitmap(bytes, format);
  checkPixels(readBitmapSize(bitmap), limits);
  if (bitmap.kind === 'dib') {
    return dibToTiff(bitmap, format === 'ico');
  }
  // A JPEG that is cut off is refused only by who knows that it is one, and later it goes by the name of its wrapping.
  return bitmap.kind === 'jpeg'
    ? judgePicture(bitmap.file, 'jpeg', { limitInputPixels: limits.maxPixels })
    : bitmap.file;
}

function dibToTiff({ dib, header }: Extract<Bitmap, { kind: 'dib' }>, isIcon: boolean): Uint8Array {
  const rgba = decodeDibPixels(dib, header, isIcon);
  return wrapAsTiff(rgba, header.width, header.height, readProfile(dib, header));
}

function readProfile(dib: Uint8Array, { colors }: DibHeader): Uint8Array | null {
  if (typeof colors === 'string') {
    return null;
  }
  const end = colors.profileAt + colors.profileBytes;
  if (end > dib.length) {
    throw new Error('premature end: the color profile is cut off');
  }
  return dib.subarray(colors.profileAt, end);
}
