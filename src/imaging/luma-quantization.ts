import { DoubtfulStructure } from './image-data/doubtful-structure.ts';
import { JPEG_MARKERS, type JpegSegment, listJpegSegments } from './image-data/jpeg-segments.ts';
import { openSharp } from './open-sharp.ts';
import { keepsColors } from './srgb-profile.ts';

/** Coefficients of a block in the order in which a file has them, by rows (ITU-T T.81, figure A.6). */
const ZIGZAG = [
  ...[0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48],
  ...[41, 34, 27, 20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23],
  ...[30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63],
];

/** Second bytes of markers: of quantization tables, and of the segment in which Adobe says what the colors are. */
const QUANTIZATION = 0xdb;
const ADOBE = 0xee;

/** Of the frames that lossy files have: baseline, extended and progressive. */
const FRAMES: ReadonlySet<number | null> = new Set([0xc0, 0xc1, 0xc2]);

/**
 * The steps by which a JPEG file's luma was quantized, 64 by rows.
 * @returns null for what is none, is damaged, or is shown in another orientation or other colors than it is stored in
 */
export async function lumaQuantization(bytes: Uint8Array): Promise<Float32Array | null> {
  const table = tableIn(bytes);
  if (table === null) {
    return null;
  }
  const { orientation = 1, icc } = await openSharp(bytes).metadata();
  return orientation === 1 && keepsColors(icc) ? table : null;
}

function tableIn(bytes: Uint8Array): Float32Array | null {
  try {
    return firstComponentsTable(listJpegSegments(bytes));
  } catch (error) {
    if (error instanceof DoubtfulStructure) {
      return null;
    }
    throw error;
  }
}

function firstComponentsTable(segments: Iterable<JpegSegment>): Float32Array | null {
  const tables = new Map<number, Float32Array>();
  let adobe: Uint8Array | null = null;
  for (const { marker, content } of segments) {
    if (marker === QUANTIZATION) {
      addTables(content, tables);
    } else if (marker === ADOBE) {
      adobe = content;
    } else if (FRAMES.has(marker)) {
      // Behind the component's name and sampling.
      return hasLuma(content, adobe) ? (tables.get(content[8] ?? -1) ?? null) : null;
    } else if (marker === JPEG_MARKERS.startOfScan) {
      return null;
    }
  }
  return null;
}

/** Several tables may lie in one segment, each with its precision and number before it (ITU-T T.81, B.2.4.1). */
function addTables(content: Uint8Array, tables: Map<number, Float32Array>): void {
  let at = 0;
  while (at < content.length) {
    const [isWide, id] = [(content[at] as number) >> 4 !== 0, (content[at] as number) & 15];
    const table = new Float32Array(ZIGZAG.length);
    for (const [i, place] of ZIGZAG.entries()) {
      const from = at + 1 + (isWide ? 2 * i : i);
      const [high, low] = [content[from] ?? 0, content[from + 1] ?? 0];
      table[place] = isWide ? 256 * high + low : high;
    }
    tables.set(id, table);
    at += 1 + (isWide ? 2 : 1) * ZIGZAG.length;
  }
}

/** Whether the first component is luma; an Adobe segment says so of three components by a 1. */
function hasLuma(frame: Uint8Array, adobe: Uint8Array | null): boolean {
  const components = frame[5];
  return components === 1 || (components === 3 && (adobe === null || adobe[11] === 1));
}
