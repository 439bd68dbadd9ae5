import { hasAscii } from './byte-signature.ts';
import { listTiffDirectories } from './tiff-directories.ts';
import { isThumbnail } from './tiff-pages.ts';

const SUB_IFDS = 330;
const DNG_VERSION = 50706;

/**
 * Whether a TIFF file is really a camera's raw file (CR2, DNG, NEF, ARW and their like). Their first picture is
 * a thumbnail; taking it for the photo would embed 160 x 120 pixels in silence.
 * @param bytes a file that starts like a TIFF; BigTIFF is never raw
 */
export function isCameraRaw(bytes: Uint8Array): boolean {
  if (hasAscii(bytes, 8, 'CR')) {
    return true;
  }
  const [first] = listTiffDirectories(bytes).directories;
  return first !== undefined && (first.has(DNG_VERSION) || (isThumbnail(first) && first.has(SUB_IFDS)));
}
