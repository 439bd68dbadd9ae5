const SHORT = 3;
const LONG = 4;
const UNDEFINED = 7;
const ENTRY_BYTES = 12;
const CHANNELS = 4;

/**
 * Wraps pixels as an uncompressed TIFF file, so that pixels of another decoder take the same road as any picture,
 * color profile included (TIFF 6.0, little-endian, one strip).
 * @param rgba R, G, B, A of each pixel, row by row, alpha not multiplied in
 * @param profile ICC profile the colors are meant in, or null for sRGB
 */
export function wrapAsTiff(
  rgba: Uint8Array,
  width: number,
  height: number,
  profile: Uint8Array | null,
): Uint8Array {
  const entryCount = profile === null ? 10 : 11;
  const bitsAt = 8 + 2 + entryCount * ENTRY_BYTES + 4;
  const profileAt = bitsAt + CHANNELS * 2;
  const pixelsAt = profileAt + (profile?.length ?? 0);
  const entries: [tag: number, type: number, count: number, value: number][] = [
    [256, LONG, 1, width],
    [257, LONG, 1, height],
    [258, SHORT, CHANNELS, bitsAt],
    [259, SHORT, 1, 1], // no compression
    [262, SHORT, 1, 2], // RGB
    [273, LONG, 1, pixelsAt],
    [277, SHORT, 1, CHANNELS],
    [278, LONG, 1, height], // rows in the one strip
    [279, LONG, 1, rgba.length],
    [338, SHORT, 1, 2], // the fourth channel is alpha, not multiplied in
  ];
  if (profile !== null) {
    entries.push([34675, UNDEFINED, profile.length, profileAt]);
  }

  const tiff = Buffer.allocUnsafe(pixelsAt + rgba.length).fill(0, 0, pixelsAt);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(entryCount, 8);
  entries.forEach(([tag, type, count, value], i) => {
    const at = 10 + i * ENTRY_BYTES;
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    tiff.writeUInt32LE(value, at + 8);
  });
  for (let channel = 0; channel < CHANNELS; channel++) {
    tiff.writeUInt16LE(8, bitsAt + channel * 2);
  }
  if (profile !== null) {
    tiff.set(profile, profileAt);
  }
  tiff.set(rgba, pixelsAt);
  return tiff;
}
