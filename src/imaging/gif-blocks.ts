const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;

/**
 * Whether a GIF ends within one of its blocks, or in zeros instead of blocks. The decoder reads no further than the frame it is asked for, and would
 * not notice that others are missing. One that lacks nothing but its trailer is whole (GIF89a, appendix A).
 * @param bytes a file that starts like a GIF
 */
export function isCutGif(bytes: Uint8Array): boolean {
  let at = 13 + colorTableBytes(bytes[10]);
  while (at < bytes.length && bytes[at] !== TRAILER) {
    const kind = bytes[at];
    if (kind === EXTENSION) {
      at = endOfSubBlocks(bytes, at + 2);
    } else if (kind === IMAGE) {
      at = endOfSubBlocks(bytes, at + 11 + colorTableBytes(bytes[at + 9]));
    } else {
      // Zeros to the end are what a copy leaves that was broken off; anything else its decoder may judge.
      return bytes.subarray(at).every((byte) => byte === 0);
    }
  }
  return at > bytes.length;
}

/** Of the table that a packed field announces. */
function colorTableBytes(packed = 0): number {
  return (packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 7) + 1);
}

/** Behind the empty block; beyond the end of the file when there is none. */
function endOfSubBlocks(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && bytes[at] !== 0) {
    at += 1 + (bytes[at] as number);
  }
  return at + 1;
}
