import type { ByteReader } from './byte-reader.ts';
import { DoubtfulStructure } from './doubtful-structure.ts';
import { type Box, openFullBox, requireBox } from './heif-boxes.ts';

/** More pieces of data than this has no picture. */
const MOST_EXTENTS = 1 << 16;

/** Items can share data, such as tiles that look the same. */
const MOST_TIMES_NAMED = 4;

/** Where the items' data may lie. */
export interface HeifData {
  readonly file: Uint8Array;
  /** Of the box `idat`, if there is one. */
  readonly inner: Uint8Array | null;
}

/**
 * Reads `iloc` (ISO/IEC 14496-12, section 8.11.3): the pieces of each item's data, by its id; null where they have no
 * length, as exiftool leaves metadata that it deletes.
 * @throws DoubtfulStructure where they are not in the file, which decoders refuse whichever item it is
 */
export function readLocations(meta: readonly Box[], data: HeifData): Map<number, Uint8Array[] | null> {
  const { version, reader } = openFullBox(requireBox(meta, 'iloc'), 2);
  const sizes = reader.uint(2);
  const fields: FieldSizes = {
    version,
    offset: sizes >> 12,
    length: (sizes >> 8) & 15,
    base: (sizes >> 4) & 15,
    index: version === 0 ? 0 : sizes & 15,
  };
  if (Math.max(fields.offset, fields.length, fields.base, fields.index) > 8) {
    throw new DoubtfulStructure('a table of places of an unknown kind');
  }
  const locations = new Map<number, Uint8Array[] | null>();
  const count = reader.uint(version < 2 ? 2 : 4);
  let extentsLeft = MOST_EXTENTS;
  let bytesLeft = data.file.length * MOST_TIMES_NAMED;
  for (let i = 0; i < count; i++) {
    const id = reader.uint(version < 2 ? 2 : 4);
    const pieces = readPieces(reader, fields, data, extentsLeft);
    extentsLeft -= pieces.length;
    bytesLeft -= pieces.reduce((sum, piece) => sum + (piece?.length ?? 0), 0);
    if (bytesLeft < 0 || locations.has(id)) {
      throw new DoubtfulStructure('the same data or item again and again');
    }
    locations.set(id, pieces.includes(null) ? null : (pieces as Uint8Array[]));
  }
  return locations;
}

/** What a table of places is made of; sizes in bytes. */
interface FieldSizes {
  readonly version: number;
  readonly offset: number;
  readonly length: number;
  readonly base: number;
  readonly index: number;
}

function readPieces(
  reader: ByteReader,
  fields: FieldSizes,
  data: HeifData,
  mostPieces: number,
): (Uint8Array | null)[] {
  const method = fields.version === 0 ? 0 : reader.uint(2) & 15;
  const isElsewhere = reader.uint(2) !== 0;
  const base = reader.uint(fields.base);
  const count = reader.uint(2);
  if (count > mostPieces) {
    throw new DoubtfulStructure('data in too many pieces');
  }
  // Method 0 counts from the start of the file, 1 from that of `idat`. Another item (2) is unheard of.
  const source = isElsewhere ? null : ([data.file, data.inner][method] ?? null);
  return Array.from({ length: count }, () => {
    reader.take(fields.index);
    const start = base + reader.uint(fields.offset);
    const length = reader.uint(fields.length);
    if (source === null || start + length > source.length) {
      throw new DoubtfulStructure('data that is not in the file');
    }
    return length === 0 ? null : source.subarray(start, start + length);
  });
}
