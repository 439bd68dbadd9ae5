import type { PictureFormat } from '../domain/picture.ts';
import { hasBytes } from './byte-signature.ts';
import { type ChannelMasks, countOnes, type DibHeader, readDibHeader } from './dib-header.ts';
import { countIconPictures, largestIconPicture } from './icon-directory.ts';

/** Formats that {@link openBitmap} opens. */
export type BitmapFormat = Extract<PictureFormat, 'bmp' | 'ico'>;

/** A device-independent bitmap from its header on, or a whole file of another format that is in its place. */
export type Bitmap =
  | { readonly kind: 'dib'; readonly dib: Uint8Array; readonly header: DibHeader }
  | { readonly kind: 'jpeg'; readonly file: Uint8Array; readonly header: DibHeader }
  | { readonly kind: 'png'; readonly file: Uint8Array };

/** Bytes before the bitmap in a BMP file (BITMAPFILEHEADER). */
const FILE_HEADER_BYTES = 14;
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Signature, length and type of the first chunk, then width and height. */
const PNG_SIZE_BYTES = 24;

/** Whether {@link openBitmap} opens it. */
export function isBitmapFormat(format: PictureFormat): format is BitmapFormat {
  return format === 'bmp' || format === 'ico';
}

/**
 * Reads the headers of a BMP file, or of the largest picture of an icon or cursor. Takes no memory for pixels.
 * @param bytes a whole file
 * @throws Error when it is cut off, damaged, or of a kind that is not supported
 */
export function openBitmap(bytes: Uint8Array, format: BitmapFormat): Bitmap {
  if (format === 'ico') {
    const picture = largestIconPicture(bytes);
    return hasBytes(picture, 0, PNG_SIGNATURE)
      ? { kind: 'png', file: picture }
      : openDib(picture, readDibHeader(picture, null, true));
  }
  if (bytes.length < FILE_HEADER_BYTES) {
    throw new Error('premature end: the header is cut off');
  }
  const dib = bytes.subarray(FILE_HEADER_BYTES);
  const pixelsAt = new DataView(bytes.buffer, bytes.byteOffset).getUint32(10, true) - FILE_HEADER_BYTES;
  return openDib(dib, readDibHeader(dib, pixelsAt, false));
}

function openDib(dib: Uint8Array, header: DibHeader): Bitmap {
  const file = dib.subarray(header.pixelsAt);
  switch (header.coding) {
    case 'png':
      return { kind: 'png', file };
    case 'jpeg':
      return { kind: 'jpeg', file, header };
    default:
      return { kind: 'dib', dib, header };
  }
}

/** Width and height by the header. */
export function readBitmapSize(bitmap: Bitmap): { width: number; height: number } {
  if (bitmap.kind !== 'png') {
    return { width: bitmap.header.width, height: bitmap.header.height };
  }
  if (bitmap.file.length < PNG_SIZE_BYTES) {
    throw new Error('premature end: the header of the PNG is cut off');
  }
  const view = new DataView(bitmap.file.buffer, bitmap.file.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** How much a BMP or ICO file holds beside 8 bits of sRGB. */
export interface BitmapExtent {
  /** Pictures in the file. */
  readonly pages: number;
  /** Bits of a channel; null where the bitmap is a file of another format. */
  readonly bitDepth: number | null;
  /** Whether its numbers are decoded as the colors that it says they are. */
  readonly areColorsKept: boolean;
}

/** @throws Error as {@link openBitmap} */
export function readBitmapExtent(bytes: Uint8Array, format: BitmapFormat): BitmapExtent {
  const pages = format === 'ico' ? countIconPictures(bytes) : 1;
  const bitmap = openBitmap(bytes, format);
  if (bitmap.kind !== 'dib') {
    return { pages, bitDepth: null, areColorsKept: true };
  }
  const { masks, colors } = bitmap.header;
  return { pages, bitDepth: masks === null ? 8 : mostBits(masks), areColorsKept: colors !== 'not-applied' };
}

function mostBits({ red, green, blue, alpha }: ChannelMasks): number {
  return Math.max(...[red, green, blue, alpha].map(countOnes));
}
