/**
 * Names that XMP uses where it says how to show a picture, or holds one: gain maps (Adobe, Google, Apple), a second
 * picture or a depth map, a video behind the picture, a panorama (Google).
 */
const TELLING_NAMES = [
  'hdr-gain-map',
  'HDRGainMap',
  'GImage',
  'GDepth',
  'MotionPhoto',
  'MicroVideo',
  'GPano',
];

/** Whether an XMP packet does more than describe: then all of it counts as image data, whatever else it says. */
export function isTellingXmp(xmp: Uint8Array): boolean {
  const text = Buffer.from(xmp.buffer, xmp.byteOffset, xmp.byteLength);
  return TELLING_NAMES.some((name) => text.includes(name));
}

/**
 * Reads `tiff:Orientation`, written as an attribute or an element.
 * @returns 0 to 9; null when there is none
 */
export function readXmpOrientation(xmp: Uint8Array): number | null {
  const text = Buffer.from(xmp.buffer, xmp.byteOffset, xmp.byteLength);
  const at = text.indexOf('tiff:Orientation');
  const digit =
    at === -1 ? null : /^\s*(?:=\s*["']|>)\s*(\d)/.exec(text.toString('latin1', at + 16, at + 64))?.[1];
  return digit === undefined || digit === null ? null : Number(digit);
}
