import type { Metadata } from 'sharp';
import type { PictureFacts, PictureFormat } from '../domain/picture.ts';
import { keepsColors } from './srgb-profile.ts';
import { mayHoldUnseenFrames } from './unseen-frames.ts';

/** How much a file holds, measured by what is decoded of it: the first frame in 8-bit sRGB or gray. */
export interface StoredExtent extends Pick<PictureFacts, 'pages' | 'bitDepth'> {
  /** Whether what is decoded is all there is. */
  readonly isAllDecoded: boolean;
}

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
  const pages = mayHoldUnseenFrames(bytes, format) ? null : (header.pages ?? 1);
  const bitDepth = bitsOfChannel(header);
  const isEightBits = header.depth === 'uchar' && bitDepth !== null && bitDepth <= 8;
  const isKept = (header.space === 'srgb' || header.space === 'b-w') && keepsColors(header.icc);
  return { pages, bitDepth, isAllDecoded: pages === 1 && isEightBits && isKept };
}

/** A palette's colors have 8 bits, however few bits number them. libheif gives -1 for what it does not know. */
function bitsOfChannel({ depth, bitsPerSample, isPalette }: Metadata): number | null {
  const bits = isPalette ? 8 : (bitsPerSample ?? BITS[depth]);
  return bits > 0 ? bits : null;
}
