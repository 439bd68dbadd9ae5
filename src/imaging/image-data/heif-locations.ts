import { ByteReader } from './byte-reader.ts';
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
 * Reads `iloc` (ISO/IEC 14496-12, section 8.11.3): the pieces of each item's data, by its id.
 * @throws DoubtfulStructure when data lies elsewhere than in the file or in `idat`
 */
export function readLocations(meta: readonly Box[], data: HeifData): Map<number, Uint8Array[]> {
  const { version, reader } = openFullBox(requireBox(meta, 'iloc'));
  const sizes = reader.uint(2);
  const fields: FieldSizes = {
    version,
    offset: sizes >> 12,
    length: (sizes >> 8) & 15,
    base: (sizes >> 4) & 15,
    index: version === 0 ? 0 : sizes & 15,
  };
  if (version > 2 || Math.max(fields.offset, fields.length, fields.base, fields.index) > 8) {
    throw new DoubtfulStructure('a table of places of an unknown kind');
  }
  const locations = new Map<number, Uint8Array[]>();
  const count = reader.uint(version < 2 ? 2 : 4);
  let extentsLeft = MOST_EXTENTS;
  let bytesLeft = data.file.length * MOST_TIMES_NAMED;
  for (let i = 0; i < count; i++) {
    const id = reader.uint(version < 2 ? 2 : 4);
    const pieces = readPieces(reader, fields, data, extentsLeft);
    extentsLeft -= pieces.length;
    bytesLeft -= pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (bytesLeft < 0 || locations.has(id)) {
      throw new DoubtfulStructure('the same data or item again and again');
    }
    locations.set(id, pieces);
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
): Uint8Array[] {
  const source = chooseSource(fields.version === 0 ? 0 : reader.uint(2) & 15, data);
  const isElsewhere = reader.uint(2) !== 0;
  const base = reader.uint(fields.base);
  const count = reader.uint(2);
  if (isElsewhere || count > mostPieces) {
    throw new DoubtfulStructure('data in another file, or in too many pieces');
  }
  return Array.from({ length: count }, () => {
    reader.take(fields.index);
    const start = base + reader.uint(fields.offset);
    return takePiece(source, start, reader.uint(fields.length));
  });
}

/** @param method 0: places are told from the start of the file, 1: of `idat`; 2, in another item, is unheard of */
function chooseSource(method: number, { file, inner }: HeifData): Uint8Array {
  const source = [file, inner][method] ?? null;
  if (source === null) {
    throw new DoubtfulStructure(`data by method ${method}`);
  }
  return source;
}

/** A length of 0 means all that is left, which changes with what is put behind. */
function takePiece(source: Uint8Array, start: number, length: number): Uint8Array {
  if (length === 0) {
    throw new DoubtfulStructure('data without a length');
  }
  return new ByteReader(source, start).take(length);
}
