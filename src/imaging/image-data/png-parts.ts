import { crc32 } from 'node:zlib';
import { hasAscii, readAscii } from '../byte-signature.ts';
import { ByteReader } from './byte-reader.ts';
import type { CodedParts } from './coded-parts.ts';
import { DoubtfulStructure } from './doubtful-structure.ts';
import { addOrientation } from './orientation-parts.ts';

const SIGNATURE_BYTES = 8;

/** More than image data of 2 GB in pieces of 8 KB, the smallest that encoders write. */
const MOST_CHUNKS = 1 << 19;

const CRITICAL = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND']);

/** Public chunks that describe, suggest or say how large a print is. */
const DESCRIBING = new Set([
  ...['tEXt', 'zTXt', 'iTXt', 'tIME', 'pHYs', 'hIST', 'bKGD', 'sPLT'],
  ...['eXIf', 'oFFs', 'pCAL', 'sCAL', 'gIFg', 'gIFx', 'gIFt', 'dSIG'],
]);

/** Chunks that are named as private ones and count: of animations, and the gain maps of Skia and libpng. */
const COUNTED_PRIVATE = new Set(['acTL', 'fcTL', 'fdAT', 'gmAP', 'gdAT']);

/** Of an `iTXt` chunk. After it comes whether the text is compressed. */
const XMP_KEYWORD = 'XML:com.adobe.xmp';

/** Texts in which ImageMagick and others keep what has a place of its own. */
const TELLING_TEXTS = [
  ...['exif', 'APP1', 'icc', 'icm'].map((kind) => `Raw profile type ${kind}\0`),
  // What is compressed is not read.
  `${XMP_KEYWORD}\0\x01`,
];

/**
 * Adds what decides how a PNG or APNG picture is shown: all chunks by content and in order, but for those that only
 * describe it; then its orientation. Image data is one part however it was split; the frames of an animation, which are
 * numbered chunk by chunk, are not. Bytes after the end count as they are.
 * @throws DoubtfulStructure when it is cut off or not built as expected, or a checksum is wrong
 */
export function addPngParts(parts: CodedParts, bytes: Uint8Array): void {
  const reader = new ByteReader(bytes, SIGNATURE_BYTES);
  const exif: Uint8Array[] = [];
  const xmp: Uint8Array[] = [];
  let data: Uint8Array[] = [];
  let isDataOver = false;
  for (const chunk of listChunks(reader)) {
    const { type } = chunk;
    if (type === 'IDAT') {
      if (isDataOver) {
        throw new DoubtfulStructure('image data in two places');
      }
      data.push(chunk.content);
      continue;
    }
    if (data.length > 0) {
      parts.addJoined('IDAT', data);
      isDataOver = true;
      data = [];
    }
    if (type === 'eXIf') {
      exif.push(chunk.content);
    } else if (isPlainXmp(chunk)) {
      xmp.push(chunk.content);
    } else if (doesCount(chunk)) {
      parts.add(type, chunk.content);
    }
  }
  if (!isDataOver) {
    throw new DoubtfulStructure('no image data');
  }
  addOrientation(parts, exif, xmp);
  parts.add('rest', reader.take(reader.left));
}

interface Chunk {
  readonly type: string;
  readonly content: Uint8Array;
}

/** From IHDR, which has to be the first and only, to IEND. */
function* listChunks(reader: ByteReader): Generator<Chunk> {
  for (let count = 0, type = ''; type !== 'IEND'; count++) {
    const chunk = readChunk(reader);
    type = chunk.type;
    if ((count === 0) !== (type === 'IHDR') || count === MOST_CHUNKS) {
      throw new DoubtfulStructure(`${type} as chunk ${count}`);
    }
    yield chunk;
  }
}

/** Decoders pass over a chunk whose checksum is wrong, or refuse the file. */
function readChunk(reader: ByteReader): Chunk {
  const length = reader.uint(4);
  const checked = reader.take(length + 4);
  const type = readAscii(checked, 0, 4);
  if (reader.uint(4) !== crc32(checked)) {
    throw new DoubtfulStructure(`${type} with a wrong checksum`);
  }
  return { type, content: checked.subarray(4) };
}

function isPlainXmp({ type, content }: Chunk): boolean {
  return type === 'iTXt' && hasAscii(content, 0, `${XMP_KEYWORD}\0\0`);
}

/** The case of a type's letters tells whether it is critical and whether it is public (PNG, section 5.4). */
function doesCount({ type, content }: Chunk): boolean {
  if (!/^[A-Za-z]{4}$/.test(type) || (/^[A-Z]/.test(type) && !CRITICAL.has(type))) {
    throw new DoubtfulStructure(`an unknown critical chunk ${JSON.stringify(type)}`);
  }
  const isPublic = /^.[A-Z]/.test(type);
  const isTellingText = type.endsWith('Xt') && TELLING_TEXTS.some((mark) => hasAscii(content, 0, mark));
  return isTellingText || COUNTED_PRIVATE.has(type) || (isPublic && !DESCRIBING.has(type));
}
