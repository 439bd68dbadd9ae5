import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { APPLICATION_ID } from './schema.ts';

/** The header of an SQLite file (https://sqlite.org/fileformat.html#the_database_header). */
const HEADER_BYTES = 100;
const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');
const PAGE_SIZE_OFFSET = 16;
const CHANGES_OFFSET = 24;
const PAGES_OFFSET = 28;
const APPLICATION_ID_OFFSET = 68;
/** The change counter at which the number of pages was noted: by another it means nothing. */
const PAGES_VALID_FOR_OFFSET = 92;
const LARGEST_PAGE = 65_536;

/**
 * What the first bytes of a catalog file say is wrong with it, or null. Reads the file past SQLite: not to be called
 * while this process has it open, whose locks that would drop.
 * @param hasLog whether pages may stand in a write-ahead log that are not in the file yet
 */
export function problemOfHeader(file: string, hasLog: boolean): string | null {
  const { header, sizeBytes } = readHeader(file);
  if (sizeBytes === 0) {
    return 'It is empty (0 bytes).';
  }
  if (header.length < HEADER_BYTES) {
    return `It is cut off: found ${sizeBytes} bytes, which is less than the header of a catalog.`;
  }
  if (!header.subarray(0, MAGIC.length).equals(MAGIC)) {
    return header.every((byte) => byte === 0)
      ? 'Its first bytes are zeros, so that nothing can be found in it.'
      : 'It does not begin as a catalog does: its first bytes were overwritten, or it is a file of another kind.';
  }
  if (hasLog) {
    return null;
  }
  if (header.readUInt32BE(APPLICATION_ID_OFFSET) !== APPLICATION_ID) {
    return 'It is an SQLite file of another program, and no catalog.';
  }
  const expected = expectedBytes(header);
  return expected === null || sizeBytes >= expected
    ? null
    : `It is cut off: found ${sizeBytes} bytes, expected ${expected}.`;
}

function readHeader(file: string): { readonly header: Buffer; readonly sizeBytes: number } {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(HEADER_BYTES);
    const length = readSync(descriptor, bytes, 0, HEADER_BYTES, 0);
    return { header: bytes.subarray(0, length), sizeBytes: fstatSync(descriptor).size };
  } finally {
    closeSync(descriptor);
  }
}

function expectedBytes(header: Buffer): number | null {
  if (header.readUInt32BE(CHANGES_OFFSET) !== header.readUInt32BE(PAGES_VALID_FOR_OFFSET)) {
    return null;
  }
  const stored = header.readUInt16BE(PAGE_SIZE_OFFSET);
  return header.readUInt32BE(PAGES_OFFSET) * (stored === 1 ? LARGEST_PAGE : stored);
}
