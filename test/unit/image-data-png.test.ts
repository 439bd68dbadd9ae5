import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32 } from 'node:zlib';
import { hashImageData } from '../../src/imaging/image-data-hash.ts';
import { drawPicture } from '../support/draw-picture.ts';
import { changeByte, insertBytes } from '../support/edit-bytes.ts';
import { exifBlock } from '../support/exif-block.ts';

/** Signature and IHDR. */
const HEADER_BYTES = 8 + 25;

/** Small enough for one chunk of image data. */
const size = { width: 48, height: 32 };

const plain = await drawPicture(1, size).png().toBuffer();
const palette = await drawPicture(1, size).png({ palette: true }).toBuffer();
const end = plain.length - 12;

const hash = (file: Uint8Array) => hashImageData(file, 'png');
const withChunks = (...chunks: Uint8Array[]) => insertBytes(plain, HEADER_BYTES, ...chunks);

function chunk(type: string, ...content: readonly (Uint8Array | string)[]): Buffer {
  const checked = Buffer.concat([type, ...content].map((piece) => Buffer.from(piece as string, 'latin1')));
  const bytes = Buffer.alloc(checked.length + 8);
  bytes.writeUInt32BE(checked.length - 4, 0);
  bytes.set(checked, 4);
  bytes.writeUInt32BE(crc32(checked), checked.length + 4);
  return bytes;
}

/** The content of the only chunk of a type, and where the chunk begins. */
function findChunk(file: Buffer, type: string): { at: number; content: Buffer } {
  const at = file.indexOf(type) - 4;
  return { at, content: file.subarray(at + 8, at + 8 + file.readUInt32BE(at)) };
}

function replaceChunk(file: Buffer, type: string, ...chunks: Uint8Array[]): Buffer {
  const { at, content } = findChunk(file, type);
  return Buffer.concat([file.subarray(0, at), ...chunks, file.subarray(at + 12 + content.length)]);
}

/** An animation of the picture and one more frame of it, shown for `delay` hundredths of a second. */
function animation(delay: number): Buffer {
  const control = (number: number) => {
    const bytes = Buffer.alloc(26);
    bytes.writeUInt32BE(number, 0);
    bytes.writeUInt32BE(size.width, 4);
    bytes.writeUInt32BE(size.height, 8);
    bytes.writeUInt16BE(delay, 20);
    bytes.writeUInt16BE(100, 22);
    return chunk('fcTL', bytes);
  };
  const frame = chunk('fdAT', Uint8Array.of(0, 0, 0, 2), findChunk(plain, 'IDAT').content);
  const begun = withChunks(chunk('acTL', Uint8Array.of(0, 0, 0, 2, 0, 0, 0, 0)), control(0));
  return insertBytes(begun, begun.length - 12, control(1), frame);
}

describe('the image data of a PNG file', () => {
  it('has a hash of 64 digits', () => {
    assert.match(hash(plain) ?? '', /^[0-9a-f]{64}$/);
  });

  const metadata: Record<string, () => Promise<Uint8Array> | Uint8Array> = {
    'EXIF that sharp writes': () =>
      drawPicture(1, size)
        .withExif({ IFD0: { Artist: 'A. Nobody' } })
        .png()
        .toBuffer(),
    'XMP that sharp writes': () => drawPicture(1, size).withXmp('<x:xmpmeta/>').png().toBuffer(),
    'an upright orientation': () => withChunks(chunk('eXIf', exifBlock({ orientation: 1 }))),
    'a text': () => withChunks(chunk('tEXt', 'Comment\0hello')),
    'texts at the end': () =>
      insertBytes(plain, end, chunk('iTXt', 'Comment\0\0\0\0\0hello'), chunk('zTXt', 'a\0\0x')),
    'a time, a density and a background': () =>
      withChunks(
        chunk('tIME', Uint8Array.of(7, 0, 1, 1, 1, 1, 1)),
        chunk('pHYs', Uint8Array.of(0, 0, 9, 9, 0, 0, 9, 9, 1)),
        chunk('bKGD', Uint8Array.of(0, 0, 0, 0, 0, 0)),
      ),
    'a private chunk': () => withChunks(chunk('prVt', 'something')),
    'image data in three pieces': () => {
      const { content } = findChunk(plain, 'IDAT');
      const pieces = [content.subarray(0, 10), content.subarray(10, 10), content.subarray(10)];
      return replaceChunk(plain, 'IDAT', ...pieces.map((piece) => chunk('IDAT', piece)));
    },
  };
  for (const [what, make] of Object.entries(metadata)) {
    it(`is the same with ${what}`, async () => {
      const file = await make();
      assert.notDeepEqual(Buffer.from(file), plain);
      assert.equal(hash(file), hash(plain));
    });
  }

  const looks: Record<string, () => Uint8Array> = {
    'another orientation': () => withChunks(chunk('eXIf', exifBlock({ orientation: 6 }))),
    'another orientation, told at the end': () =>
      insertBytes(plain, end, chunk('eXIf', exifBlock({ orientation: 6 }))),
    'another orientation in a text': () => withChunks(chunk('zTXt', 'Raw profile type exif\0\0x')),
    'another orientation in XMP': () =>
      withChunks(chunk('iTXt', 'XML:com.adobe.xmp\0\0\0\0\0<x tiff:Orientation="6"/>')),
    'compressed XMP': () => withChunks(chunk('iTXt', 'XML:com.adobe.xmp\0\x01\0\0\0x')),
    'two EXIF blocks': () => withChunks(chunk('eXIf', exifBlock({})), chunk('eXIf', exifBlock({}))),
    gamma: () => withChunks(chunk('gAMA', Uint8Array.of(0, 0, 0xb1, 0x8f))),
    chromaticities: () => withChunks(chunk('cHRM', new Uint8Array(32))),
    'a color profile': () => withChunks(chunk('iCCP', 'icc\0\0x')),
    'the mark of sRGB': () => withChunks(chunk('sRGB', Uint8Array.of(0))),
    'code points of its colors': () => withChunks(chunk('cICP', Uint8Array.of(9, 16, 0, 1))),
    'the brightness of its screen': () => withChunks(chunk('mDCV', new Uint8Array(24))),
    'significant bits': () => withChunks(chunk('sBIT', Uint8Array.of(5, 5, 5))),
    'a color that is transparent': () => withChunks(chunk('tRNS', Uint8Array.of(0, 1, 0, 1, 0, 1))),
    'a public chunk that is not known': () => withChunks(chunk('aBCd', 'x')),
    'a gain map': () => withChunks(chunk('gdAT', 'x')),
    'other image data': () =>
      replaceChunk(plain, 'IDAT', chunk('IDAT', changeByte(findChunk(plain, 'IDAT').content, 20))),
    'a further frame': () => animation(10),
    'bytes after its end': () => Buffer.concat([plain, Buffer.from('more')]),
  };
  for (const [what, make] of Object.entries(looks)) {
    it(`is another with ${what}`, () => {
      assert.match(hash(make()) ?? '', /^[0-9a-f]{64}$/);
      assert.notEqual(hash(make()), hash(plain));
    });
  }

  it('is another with another palette', () => {
    const { content } = findChunk(palette, 'PLTE');
    assert.notEqual(
      hash(replaceChunk(palette, 'PLTE', chunk('PLTE', changeByte(content, 0)))),
      hash(palette),
    );
  });

  it('is another with another delay of a frame, and the same with a text between frames', () => {
    const file = animation(10);
    assert.notEqual(hash(animation(20)), hash(file));
    assert.equal(
      hash(insertBytes(file, findChunk(file, 'fdAT').at, chunk('tEXt', 'Comment\0hello'))),
      hash(file),
    );
  });

  const doubtful: Record<string, () => Uint8Array> = {
    'that is cut off': () => plain.subarray(0, end),
    'with an unknown critical chunk': () => withChunks(chunk('ABCd', 'x')),
    'with a wrong checksum': () => changeByte(plain, HEADER_BYTES - 1),
    'that does not begin with its header': () => insertBytes(plain, 8, chunk('tEXt', 'Comment\0hello')),
    'with image data in two places': () => {
      const { content } = findChunk(plain, 'IDAT');
      const text = chunk('tEXt', 'Comment\0hello');
      return replaceChunk(
        plain,
        'IDAT',
        chunk('IDAT', content.subarray(0, 9)),
        text,
        chunk('IDAT', content.subarray(9)),
      );
    },
    'without image data': () => replaceChunk(plain, 'IDAT'),
  };
  for (const [what, make] of Object.entries(doubtful)) {
    it(`is not told of a file ${what}`, () => {
      assert.equal(hash(make()), null);
    });
  }
});
