/** A JPEG segment with its marker and length. */
export function jpegSegment(marker: number, ...content: readonly (Uint8Array | string)[]): Buffer {
  const bytes = Buffer.concat(content.map((piece) => Buffer.from(piece as string, 'latin1')));
  return Buffer.concat([
    Buffer.from([0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 255]),
    bytes,
  ]);
}

/** Puts bytes into a file. */
export function insertBytes(file: Uint8Array, at: number, ...bytes: readonly Uint8Array[]): Buffer {
  return Buffer.concat([file.subarray(0, at), ...bytes, file.subarray(at)]);
}

/** Changes one byte of a file. */
export function changeByte(file: Uint8Array, at: number, change = 1): Buffer {
  const changed = Buffer.from(file);
  changed[at] = (changed[at] as number) ^ change;
  return changed;
}
