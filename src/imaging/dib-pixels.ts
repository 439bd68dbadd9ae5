import { type ChannelMasks, type DibHeader, trailingZeros } from './dib-header.ts';
import { readDibRuns } from './dib-runs.ts';

/**
 * Decodes the pixels of a device-independent bitmap as browsers show them: what runs pass over is transparent, a number
 * beyond the palette is black, and an alpha channel that is 0 everywhere does not count.
 * @param dib from the header's first byte to the end of the file
 * @param header of coding `plain` or `runs`
 * @param isIcon whether a mask of one bit a pixel follows, 1 for transparent
 * @returns R, G, B, A of each pixel, row by row from the top, alpha not multiplied in
 * @throws Error when the file ends before its pixels do, or they are damaged
 */
export function decodeDibPixels(dib: Uint8Array, header: DibHeader, isIcon: boolean): Uint8Array {
  const { width, height, pixelsAt } = header;
  if (header.coding === 'runs') {
    return decodeRuns(dib, header);
  }
  checkRows(dib, header, pixelsAt, header.bitsPerPixel);
  const rgba = new Uint8Array(width * height * 4);
  const hasAlpha = decodeRows(dib, header, rgba);
  if (isIcon && !hasAlpha) {
    const maskAt = pixelsAt + height * rowBytes(width, header.bitsPerPixel);
    checkRows(dib, header, maskAt, 1);
    applyMask(dib, header, maskAt, rgba);
  }
  return rgba;
}

function decodeRuns(dib: Uint8Array, header: DibHeader): Uint8Array {
  const { width, height, bitsPerPixel } = header;
  const rgba = new Uint8Array(width * height * 4);
  const pixels = new Uint32Array(rgba.buffer);
  const data = dib.subarray(header.pixelsAt);
  const palette = readPalette(dib, header);
  readDibRuns(data, header, (x, y, stored) => {
    const pixel = rowFromTop(y, header) * width + x;
    if (bitsPerPixel === 24) {
      putColor(rgba, pixel * 4, data, stored);
    } else {
      pixels[pixel] = palette[stored] as number;
    }
  });
  return rgba;
}

/** @returns whether there is an alpha channel that counts */
function decodeRows(dib: Uint8Array, header: DibHeader, rgba: Uint8Array): boolean {
  if (header.masks !== null) {
    return decodeMasked(dib, header, header.masks, rgba);
  }
  if (header.bitsPerPixel === 24) {
    decodeColors(dib, header, rgba);
  } else {
    decodeNumbers(dib, header, rgba);
  }
  return false;
}

function decodeNumbers(dib: Uint8Array, header: DibHeader, rgba: Uint8Array): void {
  const { width, height, bitsPerPixel } = header;
  const palette = readPalette(dib, header);
  const pixels = new Uint32Array(rgba.buffer);
  const perByte = 8 / bitsPerPixel;
  const ones = (1 << bitsPerPixel) - 1;
  for (let y = 0; y < height; y++) {
    const from = header.pixelsAt + y * rowBytes(width, bitsPerPixel);
    const to = rowFromTop(y, header) * width;
    for (let x = 0; x < width; x++) {
      const byte = dib[from + Math.floor(x / perByte)] as number;
      pixels[to + x] = palette[(byte >> (8 - bitsPerPixel * (1 + (x % perByte)))) & ones] as number;
    }
  }
}

function decodeColors(dib: Uint8Array, header: DibHeader, rgba: Uint8Array): void {
  const { width, height } = header;
  for (let y = 0; y < height; y++) {
    const from = header.pixelsAt + y * rowBytes(width, 24);
    const to = rowFromTop(y, header) * width * 4;
    for (let x = 0; x < width; x++) {
      putColor(rgba, to + x * 4, dib, from + x * 3);
    }
  }
}

function decodeMasked(dib: Uint8Array, header: DibHeader, masks: ChannelMasks, rgba: Uint8Array): boolean {
  const { width, height, bitsPerPixel, pixelsAt } = header;
  const view = new DataView(dib.buffer, dib.byteOffset, dib.byteLength);
  const [red, green, blue, alpha] = [masks.red, masks.green, masks.blue, masks.alpha].map(scaleOf) as [
    ChannelScale,
    ChannelScale,
    ChannelScale,
    ChannelScale,
  ];
  let highestAlpha = 0;
  for (let y = 0; y < height; y++) {
    const from = pixelsAt + y * rowBytes(width, bitsPerPixel);
    let to = rowFromTop(y, header) * width * 4;
    for (let x = 0; x < width; x++) {
      const pixel =
        bitsPerPixel === 16 ? view.getUint16(from + x * 2, true) : view.getUint32(from + x * 4, true);
      rgba[to++] = scaled(pixel, red);
      rgba[to++] = scaled(pixel, green);
      rgba[to++] = scaled(pixel, blue);
      const opacity = scaled(pixel, alpha);
      highestAlpha = Math.max(highestAlpha, opacity);
      rgba[to++] = opacity;
    }
  }
  if (highestAlpha === 0) {
    for (let at = 3; at < rgba.length; at += 4) {
      rgba[at] = 255;
    }
  }
  return highestAlpha > 0;
}

interface ChannelScale {
  readonly shift: number;
  readonly ones: number;
  /** From a channel's number to 0 to 255; of 1 where the channel has no bits. */
  readonly factor: number;
}

function scaleOf(mask: number): ChannelScale {
  if (mask === 0) {
    return { shift: 0, ones: 0, factor: 0 };
  }
  const shift = trailingZeros(mask);
  const ones = mask >>> shift;
  return { shift, ones, factor: 255 / ones };
}

function scaled(pixel: number, { shift, ones, factor }: ChannelScale): number {
  return Math.round(((pixel >>> shift) & ones) * factor);
}

function applyMask(dib: Uint8Array, header: DibHeader, maskAt: number, rgba: Uint8Array): void {
  const { width, height } = header;
  for (let y = 0; y < height; y++) {
    const from = maskAt + y * rowBytes(width, 1);
    const to = rowFromTop(y, header) * width * 4;
    for (let x = 0; x < width; x++) {
      const isHidden = (((dib[from + (x >> 3)] as number) >> (7 - (x % 8))) & 1) === 1;
      rgba[to + x * 4 + 3] = isHidden ? 0 : 255;
    }
  }
}

/** The bytes R, G, B, A of 256 colors, four in a number; opaque black where the file has no color. */
function readPalette(dib: Uint8Array, header: DibHeader): Uint32Array {
  const { paletteAt, paletteEntryBytes, paletteCount } = header;
  if (paletteAt + paletteCount * paletteEntryBytes > dib.length) {
    throw new Error('premature end: the palette is cut off');
  }
  const colors = new Uint8Array(256 * 4);
  for (let color = 0; color < 256; color++) {
    colors[color * 4 + 3] = 255;
    if (color < paletteCount) {
      putColor(colors, color * 4, dib, paletteAt + color * paletteEntryBytes);
    }
  }
  return new Uint32Array(colors.buffer);
}

function putColor(rgba: Uint8Array, to: number, bgr: Uint8Array, from: number): void {
  rgba[to] = bgr[from + 2] as number;
  rgba[to + 1] = bgr[from + 1] as number;
  rgba[to + 2] = bgr[from] as number;
  rgba[to + 3] = 255;
}

function rowFromTop(y: number, { isTopDown, height }: DibHeader): number {
  return isTopDown ? y : height - 1 - y;
}

/** Rows begin at multiples of four bytes. */
function rowBytes(width: number, bitsPerPixel: number): number {
  return Math.ceil((width * bitsPerPixel) / 32) * 4;
}

/** Asks for all rows, and of the last one only what has pixels, before memory is taken. */
function checkRows(
  dib: Uint8Array,
  { width, height }: DibHeader,
  rowsAt: number,
  bitsPerPixel: number,
): void {
  const needed =
    rowsAt + (height - 1) * rowBytes(width, bitsPerPixel) + Math.ceil((width * bitsPerPixel) / 8);
  if (needed > dib.length) {
    throw new Error(`premature end: ${dib.length} of ${needed} bytes are there`);
  }
}
