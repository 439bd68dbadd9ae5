import type { CodedParts } from './coded-parts.ts';
import { readShownByExif, type ShownByExif } from './shown-by-exif.ts';
import { readXmpOrientation } from './telling-xmp.ts';

const NO_EXIF: ShownByExif = { orientation: 1, isAdobeRgb: false, appleNote: null };

/**
 * Adds the orientation that a picture is shown in. Where it cannot be told (EXIF that is damaged or there twice, of
 * which viewers take the first, the last or none) EXIF is added as it is. Where XMP says something else than EXIF,
 * what it says is added too: some viewers go by it.
 * @param exif all EXIF blocks of the file; none means upright
 * @param xmp all XMP packets of the file
 * @returns what else EXIF decides; null when it was added already
 */
export function addOrientation(
  parts: CodedParts,
  exif: readonly Uint8Array[],
  xmp: readonly Uint8Array[],
): ShownByExif | null {
  const [first, second] = exif;
  const shown = first === undefined ? NO_EXIF : second === undefined ? readShownByExif(first) : null;
  if (shown === null) {
    for (const block of exif) {
      parts.add('exif', block);
    }
  } else {
    parts.addText('orientation', String(shown.orientation));
  }
  for (const packet of xmp) {
    const orientation = readXmpOrientation(packet);
    if (orientation !== null && orientation !== shown?.orientation) {
      parts.addText('xmp orientation', String(orientation));
    }
  }
  return shown;
}
