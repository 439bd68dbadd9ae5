import { hasAscii } from './byte-signature.ts';

/** More pages than any scanner writes into one file; a chain of directories that goes on is not followed. */
const MOST_DIRECTORIES = 10_000;

/** Bytes of a value, by its type (TIFF 6.0, section 2; BigTIFF adds 16 to 18). */
const TYPE_BYTES: Readonly<Record<number, number>> = {
  1: 1,
  3: 2,
  4: 4,
  6: 1,
  8: 2,
  9: 4,
  13: 4,
  16: 8,
  18: 8,
};

/** Tags that say where the strips or tiles of a page begin. */
const OFFSETS: readonly number[] = [273, 324];

/** Tag numbers of one image file directory with their first value, where it is a whole number. */
export type TiffDirectory = ReadonlyMap<number, number>;

export interface TiffDirectories {
  readonly directories: readonly TiffDirectory[];
  /** Whether the chain, or pixels of a page, lie beyond the end of the file. */
  readonly isCut: boolean;
}

/** How a file writes its directories. */
interface Layout {
  readonly view: DataView;
  readonly little: boolean;
  readonly isBig: boolean;
}

/**
 * The main chain of image file directories, one a page, as far as it can be read. Says nothing of whether they are
 * whole.
 * @param bytes a file that starts like a TIFF or BigTIFF
 */
export function listTiffDirectories(bytes: Uint8Array): TiffDirectories {
  const directories: TiffDirectory[] = [];
  let isCut = false;
  const visited = new Set<number>();
  const layout: Layout = {
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    little: hasAscii(bytes, 0, 'II'),
    isBig: bytes[2] === 43 || bytes[3] === 43,
  };
  try {
    let at = readOffset(layout, layout.isBig ? 8 : 4);
    while (at !== 0 && !visited.has(at) && directories.length < MOST_DIRECTORIES) {
      visited.add(at);
      const { directory, next, lastOffset } = readDirectory(layout, at);
      directories.push(directory);
      isCut ||= lastOffset >= bytes.length;
      at = next;
    }
  } catch (error) {
    // Beyond the end of the file: what was read so far is what there is.
    if (!(error instanceof RangeError)) {
      throw error;
    }
    isCut = true;
  }
  return { directories, isCut };
}

function readDirectory(
  layout: Layout,
  at: number,
): { directory: TiffDirectory; next: number; lastOffset: number } {
  const { view, little, isBig } = layout;
  const entryBytes = isBig ? 20 : 12;
  const count = isBig ? Number(view.getBigUint64(at, little)) : view.getUint16(at, little);
  const start = at + (isBig ? 8 : 2);
  const directory = new Map<number, number>();
  let lastOffset = 0;
  for (let i = 0; i < count; i++) {
    const tag = view.getUint16(start + i * entryBytes, little);
    const values = locateValues(layout, start + i * entryBytes);
    if (values !== null && isThere(layout, values)) {
      directory.set(tag, readValue(layout, values.at, values.size));
    }
    if (values !== null && OFFSETS.includes(tag)) {
      lastOffset = Math.max(lastOffset, greatestOf(layout, values));
    }
  }
  return { directory, next: readOffset(layout, start + count * entryBytes), lastOffset };
}

function isThere({ view }: Layout, { at, count, size }: Values): boolean {
  return count > 0 && at + count * size <= view.byteLength;
}

/** The length of the file when the values lie beyond its end. */
function greatestOf(layout: Layout, values: Values): number {
  if (!isThere(layout, values)) {
    return values.count === 0 ? 0 : layout.view.byteLength;
  }
  let greatest = 0;
  for (let n = 0; n < values.count; n++) {
    greatest = Math.max(greatest, readValue(layout, values.at + n * values.size, values.size));
  }
  return greatest;
}

interface Values {
  readonly at: number;
  /** Bytes of each. */
  readonly size: number;
  readonly count: number;
}

/** Where the values of an entry are; null when they are no whole numbers. */
function locateValues(layout: Layout, entry: number): Values | null {
  const { view, little, isBig } = layout;
  const size = TYPE_BYTES[view.getUint16(entry + 2, little)];
  if (size === undefined) {
    return null;
  }
  const count = isBig ? Number(view.getBigUint64(entry + 4, little)) : view.getUint32(entry + 4, little);
  const field = entry + (isBig ? 12 : 8);
  return { at: count * size <= (isBig ? 8 : 4) ? field : readOffset(layout, field), size, count };
}

function readValue({ view, little }: Layout, at: number, size: number): number {
  switch (size) {
    case 1:
      return view.getUint8(at);
    case 2:
      return view.getUint16(at, little);
    case 4:
      return view.getUint32(at, little);
    default:
      return Number(view.getBigUint64(at, little));
  }
}

function readOffset({ view, little, isBig }: Layout, at: number): number {
  return isBig ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little);
}
