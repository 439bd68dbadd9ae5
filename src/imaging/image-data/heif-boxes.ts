import { ByteReader } from './byte-reader.ts';
import { DoubtfulStructure } from './doubtful-structure.ts';

/** More boxes side by side than this has no picture. */
const MOST_BOXES = 1 << 16;

/** A box of an ISO base media file. */
export interface Box {
  /** Four letters. */
  readonly type: string;
  /** Without size and type. */
  readonly content: Uint8Array;
}

/**
 * Boxes side by side (ISO/IEC 14496-12, section 4.2).
 * @returns the boxes, and what follows the last: bytes that are no whole box
 */
export function listBoxes(bytes: Uint8Array): { boxes: Box[]; rest: Uint8Array } {
  const boxes: Box[] = [];
  let at = 0;
  while (at + 8 <= bytes.length) {
    const box = readBox(bytes.subarray(at));
    if (box === null) {
      break;
    }
    if (boxes.push(box) > MOST_BOXES) {
      throw new DoubtfulStructure('more boxes than a picture has');
    }
    at = box.content.byteOffset - bytes.byteOffset + box.content.length;
  }
  return { boxes, rest: bytes.subarray(at) };
}

/**
 * The boxes inside another.
 * @throws DoubtfulStructure when there is more than boxes
 */
export function listInnerBoxes(bytes: Uint8Array): Box[] {
  const { boxes, rest } = listBoxes(bytes);
  if (rest.length > 0) {
    throw new DoubtfulStructure(`${rest.length} bytes that are no box`);
  }
  return boxes;
}

/** A size of 1 stands before one of 64 bits, 0 for all that is left. */
function readBox(bytes: Uint8Array): Box | null {
  const reader = new ByteReader(bytes);
  const short = reader.uint(4);
  const type = reader.text(4);
  if (short === 1 && reader.left < 8) {
    return null;
  }
  const size = short === 1 ? reader.uint(8) : short === 0 ? bytes.length : short;
  return size < reader.at || size > bytes.length ? null : { type, content: bytes.subarray(reader.at, size) };
}

/** The one box of a type; null when there is none. */
export function findBox(boxes: readonly Box[], type: string): Uint8Array | null {
  const [first, second] = boxes.filter((box) => box.type === type);
  if (second !== undefined) {
    throw new DoubtfulStructure(`${type} twice`);
  }
  return first?.content ?? null;
}

/** Likewise, of a box that has to be there. */
export function requireBox(boxes: readonly Box[], type: string): Uint8Array {
  const content = findBox(boxes, type);
  if (content === null) {
    throw new DoubtfulStructure(`no ${type}`);
  }
  return content;
}

/** Version and flags of a full box, and a reader of what follows them. */
export interface FullBox {
  readonly version: number;
  readonly flags: number;
  readonly reader: ByteReader;
}

/** @throws DoubtfulStructure at a version above `lastVersion`, which is written in another way */
export function openFullBox(content: Uint8Array, lastVersion: number): FullBox {
  const reader = new ByteReader(content);
  const version = reader.uint(1);
  if (version > lastVersion) {
    throw new DoubtfulStructure(`version ${version} of a box`);
  }
  return { version, flags: reader.uint(3), reader };
}
