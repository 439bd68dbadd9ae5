import { hasBytes } from '../byte-signature.ts';
import { ByteReader } from './byte-reader.ts';
import type { CodedParts } from './coded-parts.ts';
import { DoubtfulStructure } from './doubtful-structure.ts';
import { addOrientation } from './orientation-parts.ts';

/** Flags of VP8X. */
const ANIMATION = 0x02;
const XMP = 0x04;
const EXIF = 0x08;
const ALPHA = 0x10;
const ICC = 0x20;

/** More chunks than this has no picture. */
const MOST_CHUNKS = 1 << 16;

/** XMP, and claims of origin. */
const DESCRIBING = new Set(['XMP ', 'C2PA']);

/** Chunks that hold a picture or a frame. */
const CODED = new Set(['VP8 ', 'VP8L', 'ANMF']);

interface Chunk {
  readonly type: string;
  readonly content: Uint8Array;
}

/** Width and height in pixels, and whether the coded picture itself has transparency. */
interface CodedFrame {
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
}

/**
 * Adds what decides how a WebP picture or animation is shown: all chunks by content and in order, but for those that
 * only describe it; then its orientation. The header of the extended format, which a still picture is given to hold
 * metadata, counts where it says something that the picture does not. Bytes after the end count as they are.
 * @throws DoubtfulStructure when it is cut off or not built as expected
 */
export function addWebpParts(parts: CodedParts, bytes: Uint8Array): void {
  const size = new ByteReader(bytes, 4, true).uint(4);
  const file = new ByteReader(bytes, 8);
  const chunks = listChunks(file.take(size).subarray(4));
  if (!chunks.some(({ type }) => CODED.has(type))) {
    throw new DoubtfulStructure('no picture');
  }
  const [first] = chunks;
  if (first?.type === 'VP8X') {
    addExtended(parts, first.content, chunks.slice(1));
  } else {
    addAll(parts, chunks);
    addOrientation(parts, [], []);
  }
  parts.add('rest', file.take(file.left));
}

/** Metadata has its place in the extended format alone, and decoders pass over EXIF that its header does not announce. */
function addExtended(parts: CodedParts, extension: Uint8Array, chunks: readonly Chunk[]): void {
  const hasFlag = (flag: number) => ((extension[0] ?? 0) & flag) !== 0;
  if (isTelling(extension, chunks)) {
    parts.add('VP8X', withoutMetadataFlags(extension));
  }
  addAll(
    parts,
    chunks.filter(({ type }) => !DESCRIBING.has(type) && !(type === 'EXIF' && hasFlag(EXIF))),
  );
  const contentsOf = (kind: string) =>
    chunks.filter(({ type }) => type === kind).map(({ content }) => content);
  addOrientation(parts, hasFlag(EXIF) ? contentsOf('EXIF') : [], contentsOf('XMP '));
}

function addAll(parts: CodedParts, chunks: readonly Chunk[]): void {
  for (const { type, content } of chunks) {
    parts.add(type, content);
  }
}

/** @throws DoubtfulStructure at a chunk that goes beyond the end; the last may lack the byte that makes it even */
function listChunks(content: Uint8Array): Chunk[] {
  const reader = new ByteReader(content, 0, true);
  const chunks: Chunk[] = [];
  while (reader.left > 0) {
    const type = reader.text(4);
    const size = reader.uint(4);
    if (chunks.push({ type, content: reader.take(size) }) > MOST_CHUNKS) {
      throw new DoubtfulStructure('more chunks than a picture has');
    }
    reader.take(Math.min(size % 2, reader.left));
  }
  return chunks;
}

function withoutMetadataFlags(extension: Uint8Array): Uint8Array {
  const kept = Uint8Array.from(extension);
  kept[0] = (kept[0] ?? 0) & ~(EXIF | XMP);
  return kept;
}

/** Whether it says more than the one coded picture in the file. */
function isTelling(extension: Uint8Array, chunks: readonly Chunk[]): boolean {
  const [coded, second] = chunks.filter(({ type }) => type === 'VP8 ' || type === 'VP8L');
  if (coded === undefined || second !== undefined || extension.length !== 10) {
    return true;
  }
  const has = (type: string) => chunks.some((chunk) => chunk.type === type);
  const { width, height, hasAlpha } = readFrame(coded);
  const canvas = new ByteReader(extension, 4, true);
  const expected =
    (has('ICCP') ? ICC : 0) | (hasAlpha || has('ALPH') ? ALPHA : 0) | (has('ANIM') ? ANIMATION : 0);
  return (
    !hasBytes(withoutMetadataFlags(extension), 0, [expected, 0, 0, 0]) ||
    canvas.uint(3) + 1 !== width ||
    canvas.uint(3) + 1 !== height
  );
}

/** The headers of VP8 (RFC 6386, section 9.1) and of lossless WebP (its specification, section 3). */
function readFrame({ type, content }: Chunk): CodedFrame {
  if (type === 'VP8 ') {
    const reader = new ByteReader(content, 6, true);
    return { width: reader.uint(2) & 0x3fff, height: reader.uint(2) & 0x3fff, hasAlpha: false };
  }
  const bits = new ByteReader(content, 1, true).uint(4);
  return {
    width: (bits & 0x3fff) + 1,
    height: ((bits >>> 14) & 0x3fff) + 1,
    hasAlpha: ((bits >>> 28) & 1) === 1,
  };
}
