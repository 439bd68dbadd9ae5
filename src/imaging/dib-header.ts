import { hasAscii } from './byte-signature.ts';

/** Which bits of a pixel's number hold a channel; 0 when none do. */
export interface ChannelMasks {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;
}

/** How pixels are stored: as they are, in runs, or as a whole file of another format. */
export type DibCoding = 'plain' | 'runs' | 'jpeg' | 'png';

/** The header of a device-independent bitmap. Offsets count from its first byte. */
export interface DibHeader {
  /** Pixels, 1 or more. */
  readonly width: number;
  /** Pixels, 1 or more. */
  readonly height: number;
  readonly isTopDown: boolean;
  /** 1, 2, 4, 8, 16, 24 or 32; 0 for a file of another format. */
  readonly bitsPerPixel: number;
  readonly coding: DibCoding;
  /** Of 16 and 32 bits a pixel, else null. */
  readonly masks: ChannelMasks | null;
  readonly paletteAt: number;
  /** 3 (B, G, R) or 4 (B, G, R, unused). */
  readonly paletteEntryBytes: 3 | 4;
  /** Colors that have room between header and pixels, 256 at most. */
  readonly paletteCount: number;
  readonly pixelsAt: number;
  readonly colors: DibColors;
}

/** What the numbers mean as colors: sRGB, an ICC profile inside the file, or something that is not applied. */
export type DibColors =
  | 'srgb'
  | 'not-applied'
  | { readonly profileAt: number; readonly profileBytes: number };

const CORE_BYTES = 12;
const INFO_BYTES = 40;
const V4_BYTES = 108;
const V5_BYTES = 124;
const WINDOWS_BYTES: readonly number[] = [INFO_BYTES, 52, 56, V4_BYTES, V5_BYTES];
/** Fields at the end of OS/2's header may be left out. */
const OS2_BYTES: readonly number[] = [16, 20, 24, 28, 32, 36, 42, 44, 46, 48, 60, 64];

const BIT_FIELDS = 3;
const ALPHA_BIT_FIELDS = 6;
/** RLE8 and RLE4, and RLE24 of OS/2. */
const RUNS: readonly number[] = [1, 2, 4];
/** Bits of a pixel by number of the compression. */
const WINDOWS_BITS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16, 24, 32],
  1: [8],
  2: [4],
  [BIT_FIELDS]: [16, 32],
  [ALPHA_BIT_FIELDS]: [16, 32],
};
const OS2_BITS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16, 24, 32],
  1: [8],
  2: [4],
  4: [24],
};
const FILES_INSIDE: Readonly<Record<number, 'jpeg' | 'png'>> = { 4: 'jpeg', 5: 'png' };

const FIVE_BITS: ChannelMasks = { red: 0x7c00, green: 0x03e0, blue: 0x001f, alpha: 0 };
const EIGHT_BITS: ChannelMasks = { red: 0xff0000, green: 0xff00, blue: 0xff, alpha: 0 };
const ALPHA_BITS = 0xff000000;

/**
 * Reads the header of a device-independent bitmap, as in BMP files and icons: Windows 2 to 5 and OS/2 1 and 2
 * (BITMAPCOREHEADER to BITMAPV5HEADER, OS22XBITMAPHEADER). Takes no memory for pixels.
 * @param dib from the header's first byte
 * @param pixelsAt where the file says that the pixels start; they follow the palette when it is null or leaves no room
 *   for one
 * @param isIcon in an icon the fourth byte of a pixel is alpha, and the height counts the mask below too
 * @throws Error when it is cut off, damaged, or of a kind that is not supported
 */
export function readDibHeader(dib: Uint8Array, pixelsAt: number | null, isIcon: boolean): DibHeader {
  const fields = readFields(dib);
  const { headerBytes, width, bitsPerPixel } = fields;
  const height = Math.floor(Math.abs(fields.height) / (isIcon ? 2 : 1));
  if (width <= 0 || height === 0) {
    throw new Error(`bad size: ${width} x ${fields.height} pixels`);
  }
  const coding = codingOf(fields);
  const paletteAt = headerBytes + masksBehindBytes(fields);
  if (dib.length < paletteAt) {
    throw new Error('premature end: the header is cut off');
  }
  return {
    width,
    height,
    isTopDown: fields.height < 0,
    bitsPerPixel,
    coding,
    masks: masksOf(dib, fields, isIcon),
    ...placesOf(fields, paletteAt, pixelsAt),
    colors: colorsOf(dib, headerBytes),
  };
}

/** The fields as they stand in the header; 0 where it has no such field. */
interface DibFields {
  readonly headerBytes: number;
  readonly width: number;
  /** Negative when rows go from top to bottom. */
  readonly height: number;
  readonly bitsPerPixel: number;
  readonly compression: number;
  readonly colorsUsed: number;
  readonly isWindows: boolean;
}

function readFields(dib: Uint8Array): DibFields {
  const view = viewOf(dib);
  const headerBytes = dib.length < 4 ? CORE_BYTES : view.getUint32(0, true);
  const isWindows = WINDOWS_BYTES.includes(headerBytes);
  if (headerBytes !== CORE_BYTES && !isWindows && !OS2_BYTES.includes(headerBytes)) {
    throw new Error(`a header of ${headerBytes} bytes is not supported`);
  }
  if (dib.length < headerBytes) {
    throw new Error('premature end: the header is cut off');
  }
  if (headerBytes === CORE_BYTES) {
    const [width, height] = [view.getUint16(4, true), view.getUint16(6, true)];
    const bitsPerPixel = view.getUint16(10, true);
    return { headerBytes, width, height, bitsPerPixel, compression: 0, colorsUsed: 0, isWindows };
  }
  return {
    headerBytes,
    width: view.getInt32(4, true),
    height: view.getInt32(8, true),
    bitsPerPixel: view.getUint16(14, true),
    compression: headerBytes >= 20 ? view.getUint32(16, true) : 0,
    colorsUsed: headerBytes >= 36 ? view.getUint32(32, true) : 0,
    isWindows,
  };
}

/** Masks stand in the header from its second version on, and behind the first. */
function masksBehindBytes({ headerBytes, compression }: DibFields): number {
  const maskCount = compression === BIT_FIELDS ? 3 : compression === ALPHA_BIT_FIELDS ? 4 : 0;
  return headerBytes === INFO_BYTES ? maskCount * 4 : 0;
}

type Places = Pick<DibHeader, 'paletteAt' | 'paletteEntryBytes' | 'paletteCount' | 'pixelsAt'>;

function placesOf(fields: DibFields, paletteAt: number, pixelsAt: number | null): Places {
  const { headerBytes, bitsPerPixel, colorsUsed } = fields;
  const paletteEntryBytes = headerBytes === CORE_BYTES ? 3 : 4;
  const mostColors = bitsPerPixel >= 1 && bitsPerPixel <= 8 ? 1 << bitsPerPixel : 0;
  const wantedColors = colorsUsed === 0 ? mostColors : Math.min(colorsUsed, mostColors);
  const leastPixelsAt = paletteAt + Math.min(1, wantedColors) * paletteEntryBytes;
  if (pixelsAt === null || pixelsAt < leastPixelsAt) {
    const behind = paletteAt + wantedColors * paletteEntryBytes;
    return { paletteAt, paletteEntryBytes, paletteCount: wantedColors, pixelsAt: behind };
  }
  const room = Math.floor((pixelsAt - paletteAt) / paletteEntryBytes);
  return { paletteAt, paletteEntryBytes, paletteCount: Math.min(wantedColors, room), pixelsAt };
}

function codingOf({ bitsPerPixel, compression, isWindows }: DibFields): DibCoding {
  const fileInside = isWindows ? FILES_INSIDE[compression] : undefined;
  if (fileInside !== undefined) {
    return fileInside;
  }
  const bits = (isWindows ? WINDOWS_BITS : OS2_BITS)[compression];
  if (bits === undefined) {
    throw new Error(`compression ${compression} is not supported`);
  }
  if (!bits.includes(bitsPerPixel)) {
    throw new Error(`bad number of bits: ${bitsPerPixel} with compression ${compression}`);
  }
  return RUNS.includes(compression) ? 'runs' : 'plain';
}

function masksOf(dib: Uint8Array, fields: DibFields, isIcon: boolean): ChannelMasks | null {
  const { headerBytes, bitsPerPixel, compression } = fields;
  if (bitsPerPixel !== 16 && bitsPerPixel !== 32) {
    return null;
  }
  const view = viewOf(dib);
  if (compression === BIT_FIELDS || compression === ALPHA_BIT_FIELDS) {
    const hasAlphaMask = compression === ALPHA_BIT_FIELDS || headerBytes >= 56;
    const masks = {
      red: view.getUint32(40, true),
      green: view.getUint32(44, true),
      blue: view.getUint32(48, true),
      alpha: hasAlphaMask ? view.getUint32(52, true) : 0,
    };
    checkMasks(masks, bitsPerPixel);
    return masks;
  }
  if (bitsPerPixel === 16) {
    return FIVE_BITS;
  }
  // The fourth byte means nothing unless something says that it is alpha.
  const isAlphaNamed = headerBytes >= V4_BYTES && view.getUint32(52, true) === ALPHA_BITS;
  return isIcon || isAlphaNamed ? { ...EIGHT_BITS, alpha: ALPHA_BITS } : EIGHT_BITS;
}

/** Each a row of ones, and none in another's place. */
function checkMasks(masks: ChannelMasks, bitsPerPixel: number): void {
  let taken = 0;
  for (const mask of [masks.red, masks.green, masks.blue, masks.alpha]) {
    const ones = mask === 0 ? 0 : mask / 2 ** trailingZeros(mask);
    const isBeyond = mask >= 2 ** bitsPerPixel;
    if (isBeyond || !Number.isInteger(Math.log2(ones + 1)) || (mask & taken) !== 0) {
      throw new Error('bad masks of the channels');
    }
    taken |= mask;
  }
  if ((masks.red | masks.green | masks.blue) === 0) {
    throw new Error('bad masks of the channels: all are empty');
  }
}

/** Bits of a mask, which stand side by side. */
export function countOnes(mask: number): number {
  return mask === 0 ? 0 : 32 - Math.clz32(mask) - trailingZeros(mask);
}

/** Zero bits below the lowest one of a mask that is not 0. */
export function trailingZeros(mask: number): number {
  return 31 - Math.clz32(mask & -mask);
}

function colorsOf(dib: Uint8Array, headerBytes: number): DibColors {
  if (headerBytes < V4_BYTES) {
    return 'srgb';
  }
  // Four letters as a number: they stand in the file backwards.
  if (headerBytes >= V5_BYTES && hasAscii(dib, 56, 'DEBM')) {
    const view = viewOf(dib);
    return { profileAt: view.getUint32(112, true), profileBytes: view.getUint32(116, true) };
  }
  if (hasAscii(dib, 56, 'BGRs') || hasAscii(dib, 56, ' niW')) {
    return 'srgb';
  }
  const calibration = dib.subarray(60, V4_BYTES);
  return hasAscii(dib, 56, '\0\0\0\0') && calibration.every((byte) => byte === 0) ? 'srgb' : 'not-applied';
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
