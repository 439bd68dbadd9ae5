import type { DecodingCost } from '../domain/embedder.ts';
import type { PictureFormat } from '../domain/picture.ts';
import { hasAscii, readAscii } from './byte-signature.ts';

/** A picture up to this size is decoded in a second or two, whatever is in it. */
const MOST_PIXELS_TOGETHER = 50_000_000;

/** Cameras write about 10; each is a pass over the whole picture that cannot be stopped. */
const MOST_SCANS = 64;

const START_OF_SCAN = Uint8Array.of(0xff, 0xda);

/**
 * What decoding a picture may take. All but the plain ones are decoded in a process that can be ended: formats that can
 * ask for much time or memory (TIFF, HEIF, animations, drawings for any), and the large ones of the others. A damaged
 * one comes there too, see UndecidedPicture.
 * @param bytes a file of this format, perhaps damaged
 */
export function decodingCost(bytes: Uint8Array, format: PictureFormat): DecodingCost {
  switch (format) {
    case 'jpeg':
      return isDearJpeg(bytes) ? 'bounded' : 'plain';
    case 'png':
    case 'webp':
      return declaredPixels(bytes, format) > MOST_PIXELS_TOGETHER ? 'bounded' : 'plain';
    case 'svg':
      return 'unbounded';
    default:
      return 'bounded';
  }
}

/** By the first frame header (ITU-T T.81, B.2.2); a file without one is refused soon enough. */
function isDearJpeg(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] as number;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      const pixels = view.getUint16(at + 5) * view.getUint16(at + 7);
      return pixels > MOST_PIXELS_TOGETHER || (marker !== 0xc0 && countScans(bytes) > MOST_SCANS);
    }
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return false;
}

/** At most one more than matters. */
function countScans(bytes: Uint8Array): number {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let count = 0;
  for (let at = file.indexOf(START_OF_SCAN); at >= 0 && count <= MOST_SCANS; count++) {
    at = file.indexOf(START_OF_SCAN, at + 2);
  }
  return count;
}

function declaredPixels(bytes: Uint8Array, format: 'png' | 'webp'): number {
  if (bytes.length < 30) {
    return 0;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === 'png') {
    return view.getUint32(16) * view.getUint32(20);
  }
  if (hasAscii(bytes, 12, 'VP8X')) {
    return (1 + (view.getUint32(23, true) >>> 8)) * (1 + (view.getUint32(26, true) >>> 8));
  }
  if (readAscii(bytes, 12, 16) === 'VP8L') {
    const bits = view.getUint32(21, true);
    return (1 + (bits & 0x3fff)) * (1 + ((bits >>> 14) & 0x3fff));
  }
  return (view.getUint16(26, true) & 0x3fff) * (view.getUint16(28, true) & 0x3fff);
}
