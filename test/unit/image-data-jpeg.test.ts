import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashImageData } from '../../src/imaging/image-data-hash.ts';
import { drawPicture } from '../support/draw-picture.ts';
import { changeByte, insertBytes } from '../support/edit-bytes.ts';
import { type ExifWords, exifBlock } from '../support/exif-block.ts';

const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP11 = 0xeb;
const APP13 = 0xed;
const APP14 = 0xee;
const COMMENT = 0xfe;
const SOI_BYTES = 2;

const JFIF = jpegSegment(APP0, 'JFIF\0\x01\x01\x01\x01\x2c\x01\x2c\0\0');

const size = { width: 96, height: 64 };
const plain = await drawPicture(1, size).jpeg().toBuffer();
const progressive = await drawPicture(1, size).jpeg({ progressive: true }).toBuffer();
const end = plain.length - 2;
const profile = Buffer.from(Array.from({ length: 600 }, (_, i) => i & 255));

const hash = (file: Uint8Array) => hashImageData(file, 'jpeg');
const withSegments = (...segments: Uint8Array[]) => insertBytes(plain, SOI_BYTES, ...segments);
const exif = (words: ExifWords) => jpegSegment(APP1, 'Exif\0\0', exifBlock(words));
const xmp = (text: string) => jpegSegment(APP1, `http://ns.adobe.com/xap/1.0/\0${text}`);
const icc = (number: number, count: number, content: Uint8Array) =>
  jpegSegment(APP2, 'ICC_PROFILE\0', Uint8Array.of(number, count), content);

/** A JPEG segment with its marker and length. */
function jpegSegment(marker: number, ...content: readonly (Uint8Array | string)[]): Buffer {
  const bytes = Buffer.concat(content.map((piece) => Buffer.from(piece as string, 'latin1')));
  return Buffer.concat([
    Buffer.from([0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 255]),
    bytes,
  ]);
}

/** Where the marker stands for the nth time, from 0. */
function findMarker(file: Buffer, marker: number, nth = 0): number {
  let at = -1;
  for (let i = 0; i <= nth; i++) {
    at = file.indexOf(Uint8Array.of(0xff, marker), at + 1);
  }
  assert.notEqual(at, -1);
  return at;
}

/** An index of two pictures (CIPA DC-007), of which the second begins `offset` bytes from the header of the index. */
function multiPictureIndex(offset: number, firstBytes: number): Buffer {
  const block = Buffer.alloc(4 + 8 + 2 + 12 + 4 + 32);
  block.write('MPF\0MM\0*\0\0\0\x08', 'latin1');
  block.writeUInt16BE(1, 12);
  block.writeUInt16BE(0xb002, 14);
  block.writeUInt16BE(7, 16);
  block.writeUInt32BE(32, 18);
  block.writeUInt32BE(26, 22);
  block.writeUInt32BE(firstBytes, 34);
  block.writeUInt32BE(offset, 54);
  return jpegSegment(APP2, block);
}

/** A picture with a second one behind it and metadata before its index. */
function pair(second: Uint8Array, ...metadata: Uint8Array[]): Buffer {
  const before = Buffer.concat([plain.subarray(0, SOI_BYTES), ...metadata]);
  const indexBytes = multiPictureIndex(0, 0).length;
  const after = plain.subarray(SOI_BYTES);
  const offset = indexBytes - 8 + after.length;
  const index = multiPictureIndex(offset, before.length + indexBytes + after.length);
  return Buffer.concat([before, index, after, second]);
}

describe('the image data of a JPEG file', () => {
  it('has a hash of 64 digits, the same every time', () => {
    assert.match(hash(plain) ?? '', /^[0-9a-f]{64}$/);
    assert.equal(hash(Buffer.from(plain)), hash(plain));
  });

  const metadata: Record<string, () => Promise<Uint8Array> | Uint8Array> = {
    'EXIF that sharp writes': () =>
      drawPicture(1, size)
        .withExif({ IFD0: { Artist: 'A. Nobody' } })
        .jpeg()
        .toBuffer(),
    'XMP that sharp writes': () => drawPicture(1, size).withXmp('<x:xmpmeta/>').jpeg().toBuffer(),
    'a density in JFIF': () => withSegments(JFIF),
    'an upright orientation': () => withSegments(exif({ orientation: 1, artist: 'A. Nobody' })),
    'an unknown orientation': () => withSegments(exif({ orientation: 0 })),
    "a camera's note": () => withSegments(exif({ makerNote: Buffer.from('Apple iOS\0 and more') })),
    'sRGB in EXIF': () => withSegments(exif({ interoperability: 'R98' })),
    'XMP with the same orientation': () =>
      withSegments(exif({ orientation: 1 }), xmp('tiff:Orientation="1"')),
    'IPTC in Photoshop resources': () => withSegments(jpegSegment(APP13, 'Photoshop 3.0\x008BIM')),
    'an unknown application segment': () => withSegments(jpegSegment(0xe5, 'something')),
    'claims of origin': () => withSegments(jpegSegment(APP11, 'JP\0\x01\0\0\0\x01\0\0\0\x10jumb')),
    'a comment at the start': () => withSegments(jpegSegment(COMMENT, 'hello')),
    'a comment before the scan': () =>
      insertBytes(plain, findMarker(plain, 0xda), jpegSegment(COMMENT, 'hello')),
    'fill bytes before a marker': () =>
      insertBytes(plain, findMarker(plain, 0xdb), Uint8Array.of(0xff, 0xff)),
    'fill bytes before the end': () => insertBytes(plain, end, Uint8Array.of(0xff, 0xff, 0xff)),
    'an index of pictures that are not there': () => withSegments(multiPictureIndex(4000, 3000)),
  };
  for (const [what, make] of Object.entries(metadata)) {
    it(`is the same with ${what}`, async () => {
      const file = await make();
      assert.notDeepEqual(Buffer.from(file), plain);
      assert.equal(hash(file), hash(plain));
    });
  }

  it('is the same with a comment between two scans', () => {
    const second = findMarker(progressive, 0xda, 1);
    assert.equal(hash(insertBytes(progressive, second, jpegSegment(COMMENT, 'hello'))), hash(progressive));
  });

  const looks: Record<string, () => Uint8Array> = {
    'one byte of the scan': () => changeByte(plain, end - 20),
    'one byte of a quantization table': () => changeByte(plain, findMarker(plain, 0xdb) + 10),
    'another orientation': () => withSegments(exif({ orientation: 6 })),
    'an orientation in XMP alone': () => withSegments(xmp('<tiff:Orientation>6</tiff:Orientation>')),
    'Adobe RGB in EXIF': () => withSegments(exif({ interoperability: 'R03' })),
    'a color profile': () => withSegments(icc(1, 1, profile)),
    'another color transform': () => withSegments(jpegSegment(APP14, 'Adobe\0\x64\0\0\0\0\0')),
    'EXIF that is damaged': () => withSegments(jpegSegment(APP1, 'Exif\0\0MM\0*\0\0\0\x08\xff')),
    'two EXIF blocks': () => withSegments(exif({ orientation: 1 }), exif({ orientation: 1 })),
    'a further layer': () => withSegments(jpegSegment(APP11, 'JP\0\x01\0\0\0\x01\0\0\0\x10RESI')),
    'a gain map in XMP': () => withSegments(xmp('xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/"')),
    'no end marker': () => plain.subarray(0, end),
    'a panorama in XMP': () => withSegments(xmp('GPano:ProjectionType="equirectangular"')),
    'a picture in extended XMP': () =>
      withSegments(jpegSegment(APP1, 'http://ns.adobe.com/xmp/extension/\0GImage:Data')),
    'bytes after its end': () => Buffer.concat([plain, Buffer.from('more')]),
    'a piece missing at the end': () => plain.subarray(0, end - 20),
    'bytes between segments': () => insertBytes(plain, findMarker(plain, 0xc4), Buffer.from('stray')),
    'EXIF after the scan has begun': () => insertBytes(plain, end, exif({ orientation: 6 })),
  };
  for (const [what, make] of Object.entries(looks)) {
    it(`is another with ${what}`, () => {
      assert.match(hash(make()) ?? '', /^[0-9a-f]{64}$/);
      assert.notEqual(hash(make()), hash(plain));
    });
  }

  it('is another for each orientation', () => {
    const hashes = [1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => hash(withSegments(exif({ orientation }))));
    assert.equal(new Set(hashes).size, 8);
  });

  it('lets the profile decide when EXIF names Adobe RGB too', () => {
    const profiled = icc(1, 1, profile);
    assert.equal(
      hash(withSegments(exif({ interoperability: 'R03' }), profiled)),
      hash(withSegments(profiled)),
    );
  });

  it('does not depend on how a profile is split', () => {
    const whole = hash(withSegments(icc(1, 1, profile)));
    const pieces = [icc(2, 2, profile.subarray(99)), icc(1, 2, profile.subarray(0, 99))];
    assert.equal(hash(withSegments(...pieces)), whole);
    const broken = [icc(1, 2, profile.subarray(99)), icc(1, 2, profile.subarray(0, 99))];
    assert.notEqual(hash(withSegments(...broken)), whole);
  });

  it('counts JFIF where the ids of the components say RGB', () => {
    const frame = findMarker(plain, 0xc0);
    const rgb = Buffer.from(plain);
    [0x52, 0x47, 0x42].forEach((id, i) => {
      rgb[frame + 10 + i * 3] = id;
    });
    assert.notEqual(hash(insertBytes(rgb, SOI_BYTES, JFIF)), hash(rgb));
  });

  it('knows a second picture by its content, wherever metadata moves it', () => {
    const moved = pair(progressive, jpegSegment(COMMENT, 'hello'), exif({ artist: 'A. Nobody' }));
    assert.equal(hash(moved), hash(pair(progressive)));
    assert.notEqual(hash(pair(progressive)), hash(pair(plain)));
    assert.notEqual(hash(pair(progressive)), hash(plain));
  });

  it('counts the index of a second picture', () => {
    const file = pair(progressive);
    const mark = file.indexOf('MPF\0');
    assert.notEqual(hash(changeByte(file, mark + 57)), hash(file), 'its place');
    const without = Buffer.concat([file.subarray(0, mark - 4), file.subarray(mark + 62)]);
    assert.notEqual(hash(without), hash(file), 'that it is there');
  });

  it("counts Apple's note where a second picture may be a gain map", () => {
    const note = (text: string) => exif({ makerNote: Buffer.from(`Apple iOS\0 ${text}`) });
    assert.notEqual(hash(pair(progressive, note('much'))), hash(pair(progressive, note('less'))));
    assert.equal(
      hash(pair(progressive, note('much'), jpegSegment(COMMENT, 'hi'))),
      hash(pair(progressive, note('much'))),
    );
  });

  it('is not told of a file without a frame, and of one whose segments have no length', () => {
    assert.equal(hash(Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)), null);
    assert.equal(hash(insertBytes(plain, SOI_BYTES, Uint8Array.of(0xff, COMMENT, 0, 1))), null);
  });
});
