import { hasAscii, readAscii } from './byte-signature.ts';

const MOST_BRANDS_BYTES = 256;

/**
 * The four-letter brands of an ISO base media file (HEIC, AVIF, MP4, CR3), the major one first
 * (ISO/IEC 14496-12, section 4.3). Empty for any other file.
 */
export function listFileBrands(bytes: Uint8Array): string[] {
  if (bytes.length < 16 || !hasAscii(bytes, 4, 'ftyp')) {
    return [];
  }
  const boxBytes = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
  const end = Math.min(boxBytes, MOST_BRANDS_BYTES, bytes.length);
  const brands = [readAscii(bytes, 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) {
    brands.push(readAscii(bytes, at, at + 4));
  }
  return brands;
}
