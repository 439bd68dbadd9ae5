import type { TiffDirectory } from './tiff-directories.ts';

const WIDTH = 256;
const HEIGHT = 257;
const BITS_PER_SAMPLE = 258;
const COMPRESSION = 259;
const SAMPLES_PER_PIXEL = 277;

const UNCOMPRESSED = 1;

/**
 * Pixels' bytes that one byte of the file can stand for at most, by compression: none (colors at half resolution
 * count as whole ones here, hence 2); LZW (codes of 12 bits for strings of up to 4,096 bytes); deflate, by both its
 * numbers (258 bytes in 2 bits); PackBits (128 bytes in 2). Others can say "all white" in a few bytes.
 */
const MOST_PER_BYTE: Readonly<Record<number, number>> = {
  [UNCOMPRESSED]: 2,
  5: 2731,
  8: 1032,
  32946: 1032,
  32773: 64,
};

/**
 * Whether a page promises more pixels than the file can hold: a few hundred bytes would take gigabytes to decode, to
 * find in the end that there is nothing.
 */
export function isHollow(page: TiffDirectory, fileBytes: number): boolean {
  const most = MOST_PER_BYTE[page.get(COMPRESSION) ?? UNCOMPRESSED];
  const bits =
    (page.get(WIDTH) ?? 0) *
    (page.get(HEIGHT) ?? 0) *
    (page.get(SAMPLES_PER_PIXEL) ?? 1) *
    (page.get(BITS_PER_SAMPLE) ?? 1);
  return most !== undefined && bits / 8 > fileBytes * most;
}
