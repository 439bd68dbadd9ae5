import type { PictureFormat } from '../domain/picture.ts';
import { hasAscii, hasBytes } from './byte-signature.ts';
import { isCameraRaw } from './camera-raw.ts';
import { listFileBrands } from './file-brands.ts';
import { isIcon } from './icon-directory.ts';
import { findSvgStart } from './svg-start.ts';

const HEVC_BRANDS = new Set(['heic', 'heix', 'hevc', 'hevx', 'mif1', 'msf1']);

/**
 * Tells what the bytes are by their first bytes, never by a file name. Says nothing of whether they are whole.
 * @param bytes a picture file from its start; the first 64 KB are enough
 * @returns null for anything Eidetic does not read; {@link describeUnsupported} names it
 */
export function sniffFormat(bytes: Uint8Array): PictureFormat | null {
  if (hasBytes(bytes, 0, [0xff, 0xd8, 0xff])) {
    return 'jpeg';
  }
  if (hasBytes(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) {
    return 'png';
  }
  if (hasAscii(bytes, 0, 'GIF87a') || hasAscii(bytes, 0, 'GIF89a')) {
    return 'gif';
  }
  if (hasAscii(bytes, 0, 'RIFF') && hasAscii(bytes, 8, 'WEBP')) {
    return 'webp';
  }
  if (isBmp(bytes)) {
    return 'bmp';
  }
  if (isIcon(bytes)) {
    return 'ico';
  }
  if (isTiff(bytes)) {
    return isCameraRaw(bytes) ? null : 'tiff';
  }
  return sniffHeif(bytes) ?? (findSvgStart(bytes) === null ? null : 'svg');
}

/** `BM` starts words too; the size of the header behind it, four bytes, is below 256. */
function isBmp(bytes: Uint8Array): boolean {
  return hasAscii(bytes, 0, 'BM') && hasBytes(bytes, 15, [0, 0, 0]);
}

/** Both byte orders of TIFF and of BigTIFF. */
function isTiff(bytes: Uint8Array): boolean {
  return (
    hasAscii(bytes, 0, 'II*\0') ||
    hasAscii(bytes, 0, 'MM\0*') ||
    hasAscii(bytes, 0, 'II+\0') ||
    hasAscii(bytes, 0, 'MM\0+')
  );
}

/** AVIF and HEIC share one container; the brands it lists tell which codec is inside. */
function sniffHeif(bytes: Uint8Array): 'avif' | 'heic' | null {
  const brands = listFileBrands(bytes);
  if (brands.includes('avif') || brands.includes('avis')) {
    return 'avif';
  }
  return HEVC_BRANDS.has(brands[0] ?? '') ? 'heic' : null;
}
