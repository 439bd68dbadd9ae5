import type { PictureFormat } from '../domain/picture.ts';
import { readAscii } from './byte-signature.ts';
import { isCutGif } from './gif-blocks.ts';

/**
 * So many zeros at the end of coded pictures no encoder writes: a copy or download that was broken off left them, when
 * the space had been set aside.
 */
const ZERO_TAIL_BYTES = 4_096;

/**
 * Whether a file of this format is cut off, by its structure alone. Decoders of GIF, WebP and HEIF make do with what is
 * there, without a word.
 */
export function isCutFile(bytes: Uint8Array, format: PictureFormat): boolean {
  switch (format) {
    case 'gif':
      return isCutGif(bytes);
    case 'webp':
      return endsInZeros(bytes.subarray(0, 8 + riffBytes(bytes)));
    case 'heic':
    case 'avif':
      return isCutHeif(bytes);
    default:
      return false;
  }
}

/** As the header tells: padding may follow. */
function riffBytes(bytes: Uint8Array): number {
  return bytes.length < 8 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
}

function endsInZeros(bytes: Uint8Array): boolean {
  return bytes.length > ZERO_TAIL_BYTES && bytes.subarray(-ZERO_TAIL_BYTES).every((byte) => byte === 0);
}

/** Walks the boxes of the file (ISO/IEC 14496-12, section 4.2). A size of 0 means to the end. */
function isCutHeif(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at + 8 <= bytes.length) {
    const type = readAscii(bytes, at + 4, at + 8);
    const short = view.getUint32(at);
    const size = short === 1 && at + 16 <= bytes.length ? Number(view.getBigUint64(at + 8)) : short;
    const end = size === 0 ? bytes.length : at + size;
    if (!/^[\x20-\x7e]{4}$/.test(type) || size === 1 || (size > 1 && size < 8)) {
      return false; // something behind the picture
    }
    if (end > bytes.length || (type === 'mdat' && endsInZeros(bytes.subarray(at, end)))) {
      return true;
    }
    at = end;
  }
  return false;
}
