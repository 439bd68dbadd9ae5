import { hasAscii } from './byte-signature.ts';

const NEW_SUBFILE_TYPE = 254;
const SUB_IFDS = 330;
const DNG_VERSION = 50706;
const REDUCED_RESOLUTION = 1;

/**
 * Whether a TIFF file is really a camera's raw file (CR2, DNG, NEF, ARW and their like). Their first picture is
 * a thumbnail; taking it for the photo would embed 160 x 120 pixels in silence.
 * @param bytes a file that starts like a TIFF; BigTIFF is never raw
 */
export function isCameraRaw(bytes: Uint8Array): boolean {
  if (hasAscii(bytes, 8, 'CR')) {
    return true;
  }
  const tags = readFirstDirectory(bytes);
  const isThumbnail = ((tags.get(NEW_SUBFILE_TYPE) ?? 0) & REDUCED_RESOLUTION) !== 0;
  return tags.has(DNG_VERSION) || (isThumbnail && tags.has(SUB_IFDS));
}

/** Tag numbers of the first image file directory with their value field (TIFF 6.0, section 2). */
function readFirstDirectory(bytes: Uint8Array): Map<number, number> {
  const tags = new Map<number, number>();
  if (bytes.length < 8) {
    return tags;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = hasAscii(bytes, 0, 'II*\0');
  const directory = view.getUint32(4, little);
  if (directory + 2 > bytes.length) {
    return tags;
  }
  const entries = view.getUint16(directory, little);
  for (let at = directory + 2; at + 12 <= bytes.length && at < directory + 2 + entries * 12; at += 12) {
    tags.set(view.getUint16(at, little), view.getUint32(at + 8, little));
  }
  return tags;
}
