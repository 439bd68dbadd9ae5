import { DoubtfulStructure } from './doubtful-structure.ts';

/** Second bytes of JPEG markers that mean something to their readers. */
export const JPEG_MARKERS = {
  startOfScan: 0xda,
  endOfImage: 0xd9,
  app0: 0xe0,
  app15: 0xef,
  comment: 0xfe,
} as const;

/** More segments than this has no picture. */
const MOST_SEGMENTS = 1 << 18;

/** One marker of a JPEG file and what follows it. */
export interface JpegSegment {
  /** Second byte of the marker; null for bytes between segments, which belong to none. */
  readonly marker: number | null;
  /**
   * Without the length; of a scan, its header from the length on and its coded data; of the end marker, all that comes
   * after it.
   */
  readonly content: Uint8Array;
  /** Bytes from the start of the file to the content. */
  readonly at: number;
}

/**
 * The segments after SOI, in order (ITU-T T.81, annex B). Fill bytes are left out. A file that ends early ends its
 * last scan.
 * @throws DoubtfulStructure at a length that no segment has or that goes beyond the end, and at more segments than a picture has
 */
export function* listJpegSegments(bytes: Uint8Array): Generator<JpegSegment> {
  let at = 2;
  for (let count = 0; at < bytes.length; count++) {
    if (count === MOST_SEGMENTS) {
      throw new DoubtfulStructure('more segments than a picture has');
    }
    const start = findMarker(bytes, at);
    const between = withoutFill(bytes, at, start);
    if (between.length > 0) {
      yield { marker: null, content: between, at };
    }
    if (start === bytes.length) {
      return;
    }
    const found = readSegment(bytes, start + 2, bytes[start + 1] as number);
    yield found.segment;
    at = found.end;
  }
}

function readSegment(bytes: Uint8Array, at: number, marker: number): { segment: JpegSegment; end: number } {
  if (marker === JPEG_MARKERS.endOfImage) {
    return { segment: { marker, content: bytes.subarray(at), at }, end: bytes.length };
  }
  if (isAlone(marker)) {
    return { segment: { marker, content: bytes.subarray(at, at), at }, end: at };
  }
  const end = findSegmentEnd(bytes, at);
  if (marker === JPEG_MARKERS.startOfScan) {
    const next = findMarker(bytes, end);
    return { segment: { marker, content: withoutFill(bytes, at, next), at }, end: next };
  }
  return { segment: { marker, content: bytes.subarray(at + 2, end), at: at + 2 }, end };
}

function findSegmentEnd(bytes: Uint8Array, at: number): number {
  const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  if (length < 2 || at + length > bytes.length) {
    throw new DoubtfulStructure(`a segment of ${length} bytes`);
  }
  return at + length;
}

/** TEM and SOI have no length. RST0 to RST7, which have none either, are passed over with the data around them. */
function isAlone(marker: number): boolean {
  return marker === 0x01 || marker === 0xd8;
}

/** Where the next marker begins, or the end: past coded data, stuffed zeros (`FF 00`), restart markers and fill bytes. */
function findMarker(bytes: Uint8Array, from: number): number {
  // The search of Buffer is ten times as fast as a loop.
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = file.indexOf(0xff, from); i !== -1 && i + 1 < file.length; i = file.indexOf(0xff, i + 1)) {
    const next = file[i + 1] as number;
    if (next !== 0xff && next !== 0 && (next < 0xd0 || next > 0xd7)) {
      return i;
    }
  }
  return bytes.length;
}

/** Any number of 0xFF may stand before a marker. */
function withoutFill(bytes: Uint8Array, start: number, end: number): Uint8Array {
  let last = end;
  while (last > start && bytes[last - 1] === 0xff) {
    last -= 1;
  }
  return bytes.subarray(start, last);
}
