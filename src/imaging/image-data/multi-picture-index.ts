import { hasAscii } from '../byte-signature.ts';
import { ByteReader } from './byte-reader.ts';
import { DoubtfulStructure } from './doubtful-structure.ts';

/** Bytes of `MPF` and a zero, from which on offsets count. */
const MARK_BYTES = 4;
const ENTRIES_TAG = 0xb002;
const ENTRY_BYTES = 16;

/**
 * The index of further pictures in a JPEG file (CIPA DC-007), with their places told from the end of the first
 * picture, as which they are the same whatever length its metadata has, and without the first picture's length.
 * @param content of an APP2 segment, from `MPF` on
 * @param at bytes from the start of the file to it
 * @param end bytes from the start of the file to what follows the first picture
 * @returns as it is when it is not built as expected
 */
export function relocateMultiPictureIndex(content: Uint8Array, at: number, end: number): Uint8Array {
  try {
    return relocate(content, at, end);
  } catch (cause) {
    if (cause instanceof DoubtfulStructure) {
      return content;
    }
    throw cause;
  }
}

function relocate(content: Uint8Array, at: number, end: number): Uint8Array {
  const block = content.subarray(MARK_BYTES);
  const isLittleEndian = hasAscii(block, 0, 'II*\0');
  const entries = findEntries(block, isLittleEndian);
  const moved = Buffer.from(content);
  for (let offset = 0; offset + ENTRY_BYTES <= entries.length; offset += ENTRY_BYTES) {
    const entry = MARK_BYTES + (entries.byteOffset - block.byteOffset) + offset;
    if (offset === 0) {
      moved.writeUInt32BE(0, entry + 4);
      continue;
    }
    const place = new ByteReader(entries, offset + 8, isLittleEndian).uint(4);
    moved.writeUInt32BE((place + at + MARK_BYTES - end) >>> 0, entry + 8);
  }
  return moved;
}

function findEntries(block: Uint8Array, isLittleEndian: boolean): Uint8Array {
  const header = new ByteReader(block, 4, isLittleEndian);
  const directory = new ByteReader(block, header.uint(4), isLittleEndian);
  const size = directory.uint(2);
  for (let i = 0; i < size; i++) {
    const tag = directory.uint(2);
    directory.take(2);
    const count = directory.uint(4);
    const value = directory.uint(4);
    if (tag === ENTRIES_TAG) {
      return new ByteReader(block, value, isLittleEndian).take(count);
    }
  }
  throw new DoubtfulStructure('no entries');
}
