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
