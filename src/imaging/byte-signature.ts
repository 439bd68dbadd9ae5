/** Whether `bytes` holds exactly `expected` at `offset`. */
export function hasBytes(bytes: Uint8Array, offset: number, expected: readonly number[]): boolean {
  return expected.every((byte, i) => bytes[offset + i] === byte);
}

/** Whether `bytes` holds `expected`, one byte per character, at `offset`. */
export function hasAscii(bytes: Uint8Array, offset: number, expected: string): boolean {
  for (let i = 0; i < expected.length; i++) {
    if (bytes[offset + i] !== expected.charCodeAt(i)) {
      return false;
    }
  }
  return true;
}

/** The bytes from `start` to `end` (or where they stop), one character per byte. */
export function readAscii(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', start, end);
}
