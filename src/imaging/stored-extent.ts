import type { Metadata } from 'sharp';
import type { PictureFacts, PictureFormat } from '../domain/picture.ts';
import { isBitmapFormat, readBitmapExtent } from './open-bitmap.ts';
import { listTiffPages } from './tiff-pages.ts';
import { mayHoldUnseenFrames } from './unseen-frames.ts';

/** How much a file holds. */
export type StoredExtent = Pick<PictureFacts, 'pages' | 'bitDepth'>;

const BITS: Readonly<Record<Metadata['depth'], number>> = {
  uchar: 8,
  char: 8,
  ushort: 16,
  short: 16,
  uint: 32,
  int: 32,
  float: 32,
  double: 64,
  complex: 64,
  dpcomplex: 64,
};

/** @param header of the file, or of the drawing that was made of it */
export function storedExtent(bytes: Uint8Array, format: PictureFormat, header: Metadata): StoredExtent {
  const bitmap = isBitmapFormat(format) ? readBitmapExtent(bytes, format) : null;
  return {
    pages: bitmap?.pages ?? countPages(bytes, format, header),
    bitDepth: bitmap?.bitDepth ?? bitsOfChannel(header),
  };
}

function countPages(bytes: Uint8Array, format: PictureFormat, { pages = 1 }: Metadata): number | null {
  if (format === 'tiff') {
    return listTiffPages(bytes).positions.length;
  }
  return mayHoldUnseenFrames(bytes, format) ? null : pages;
}

/** A palette's colors have 8 bits, however few bits number them. libheif gives -1 for what it does not know. */
function bitsOfChannel({ depth, bitsPerSample, isPalette }: Metadata): number | null {
  const bits = isPalette ? 8 : (bitsPerSample ?? BITS[depth]);
  return bits > 0 ? bits : null;
}
