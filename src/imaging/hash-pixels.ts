import { createHash, type Hash } from 'node:crypto';
import type { Metadata } from 'sharp';
import type { PictureFormat } from '../domain/picture.ts';
import { PIXEL_HASH_VERSION } from '../domain/picture.ts';
import type { PictureLimits } from '../domain/picture-limits.ts';
import { type Pixels, toCanonicalPixels } from './canonical-pixels.ts';
import { readBitmapExtent } from './open-bitmap.ts';
import { type Frames, type OpenPicture, withPicture } from './open-picture.ts';
import { keepsColors } from './srgb-profile.ts';
import type { StoredExtent } from './stored-extent.ts';
import { listTiffPages } from './tiff-pages.ts';

/** More at once than this is more than a hash takes. */
const MOST_BYTES_AT_ONCE = 1 << 30;

/** Frames of an animation are decoded together up to this many pixels: one by one, each would start at the first. */
const PIXELS_AT_ONCE = 16_000_000;

/** How the values of each depth are read. Others are not compared. */
const DEPTHS: Readonly<Record<string, 'uchar' | 'ushort' | 'float' | 'double' | 'uint' | 'int'>> = {
  uchar: 'uchar',
  ushort: 'ushort',
  float: 'float',
  double: 'double',
  uint: 'uint',
  int: 'int',
};

const COMPARABLE_SPACES: readonly string[] = ['srgb', 'b-w', 'rgb16', 'grey16', 'cmyk', 'scrgb'];

type Described = StoredExtent & { readonly format: PictureFormat };

/**
 * SHA-256 over all pixels of a picture: every page and frame, in its own depth and colors, upright, see
 * {@link toCanonicalPixels}; with the color profile where it is not sRGB, and the timing of an animation. Equal hashes
 * mean that both look the same on every screen, whatever the files are. Decodes everything.
 * @param bytes a whole picture file
 * @returns 64 hex digits; null for what cannot be compared so: a drawing (it has no pixels of its own), more frames
 *   than the decoder tells of, values that the decoder does not give as they are stored
 * @throws EideticError as {@link withPicture}
 */
export async function hashPixels(bytes: Uint8Array, limits: PictureLimits): Promise<string | null> {
  const hash = createHash('sha256').update(`pixels ${PIXEL_HASH_VERSION}\n`);
  const left = await withPicture(bytes, limits, 'alone', (picture) => addFirst(hash, picture, bytes));
  for (const frames of left ?? []) {
    const add = (picture: OpenPicture) => addFrames(hash, picture, frames.pages ?? 1);
    if (!(await withPicture(bytes, limits, 'alone', add, frames))) {
      return null;
    }
  }
  return left === null ? null : hash.digest('hex');
}

/**
 * Adds a picture of one frame; of one of several only what holds for all of them.
 * @returns the frames that are left, or null when the pixels cannot be compared
 */
async function addFirst(hash: Hash, picture: OpenPicture, bytes: Uint8Array): Promise<Frames[] | null> {
  const { format, header, extent } = picture;
  if (!isAllDecoded(bytes, { format, ...extent })) {
    return null;
  }
  const frames = listFrames(bytes, format, header);
  if (frames.length === 1 && extent.pages === 1) {
    return (await addFrames(hash, picture, 1)) ? [] : null;
  }
  // What moves otherwise looks otherwise, and a document does not move.
  hash.update(`${header.delay?.join() ?? ''} ${header.loop ?? ''}\n`);
  return frames;
}

/** Whether its decoder gives all that is stored, as it is stored. */
function isAllDecoded(bytes: Uint8Array, { format, pages, bitDepth }: Described): boolean {
  const isEightBits = bitDepth !== null && bitDepth <= 8;
  switch (format) {
    case 'svg':
      return false;
    case 'bmp':
    case 'ico':
      return pages === 1 && isEightBits && readBitmapExtent(bytes, format).areColorsKept;
    case 'heic':
      return pages === 1 && isEightBits;
    case 'avif':
      return pages === 1;
    default:
      return pages !== null;
  }
}

/** What is decoded at a time. */
function listFrames(bytes: Uint8Array, format: PictureFormat, header: Metadata): Frames[] {
  if (format === 'tiff') {
    return listTiffPages(bytes).positions.map((page) => ({ page }));
  }
  const { pages = 1, width, height } = header;
  const together = Math.max(1, Math.floor(PIXELS_AT_ONCE / (width * height)));
  const starts = Array.from({ length: Math.ceil(pages / together) }, (_, i) => i * together);
  return starts.map((page) => (pages === 1 ? {} : { page, pages: Math.min(together, pages - page) }));
}

/** @returns false when the values cannot be had as they are stored */
async function addFrames(hash: Hash, picture: OpenPicture, frames: number): Promise<boolean> {
  const { header } = picture;
  const depth = DEPTHS[header.depth];
  const isTurned = (header.orientation ?? 1) > 1;
  if (depth === undefined || !COMPARABLE_SPACES.includes(header.space) || (frames > 1 && isTurned)) {
    return false;
  }
  const { data, info } = await picture.decodeStored((frame) =>
    frame.raw({ depth }).toBuffer({ resolveWithObject: true }),
  );
  const profile = keepsColors(header.icc)
    ? 'sRGB'
    : createHash('sha256')
        .update(header.icc ?? '')
        .digest('hex');
  const frameBytes = data.length / frames;
  for (let start = 0; start < data.length; start += frameBytes) {
    addFrame(hash, data.subarray(start, start + frameBytes), {
      width: info.width,
      height: info.height / frames,
      channels: info.channels,
      depth,
      profile,
      space: header.space,
    });
  }
  return true;
}

interface FrameKind {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly depth: string;
  readonly profile: string;
  readonly space: string;
}

/** @param values of one frame, not used afterwards */
function addFrame(hash: Hash, values: Uint8Array, kind: FrameKind): void {
  const { width, height, channels, depth, profile, space } = kind;
  const isPlain = channels <= 4 && ['srgb', 'b-w', 'rgb16', 'grey16'].includes(space);
  if (isPlain && (depth === 'uchar' || depth === 'ushort')) {
    const { buffer, byteOffset, byteLength } = values;
    const data = depth === 'uchar' ? values : new Uint16Array(buffer, byteOffset, byteLength / 2);
    const canonical = toCanonicalPixels({ data, channels: channels as Pixels['channels'] });
    const bits = canonical.data.BYTES_PER_ELEMENT * 8;
    hash.update(`${width}x${height}x${canonical.channels} ${bits} ${profile}\n`);
    addBytes(hash, canonical.data);
  } else {
    hash.update(`${width}x${height}x${channels} ${depth} ${space} ${profile}\n`);
    addBytes(hash, values);
  }
}

function addBytes(hash: Hash, { buffer, byteOffset, byteLength }: Uint8Array | Uint16Array): void {
  for (let start = 0; start < byteLength; start += MOST_BYTES_AT_ONCE) {
    const length = Math.min(MOST_BYTES_AT_ONCE, byteLength - start);
    hash.update(new Uint8Array(buffer, byteOffset + start, length));
  }
}
