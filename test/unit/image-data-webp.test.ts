import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { hashImageData } from '../../src/imaging/image-data-hash.ts';
import { drawPicture, drawPixels } from '../support/draw-picture.ts';
import { changeByte } from '../support/edit-bytes.ts';
import { exifBlock } from '../support/exif-block.ts';

const ALPHA = 0x10;
const EXIF = 0x08;
const XMP = 0x04;

const size = { width: 96, height: 64 };
const lossy = await drawPicture(1, size).webp().toBuffer();
const lossless = await drawPicture(1, size).webp({ lossless: true }).toBuffer();
const transparent = await drawPicture(1, size).ensureAlpha(0.5).webp().toBuffer();

const hash = (file: Uint8Array) => hashImageData(file, 'webp');

function chunk(type: string, ...content: readonly Uint8Array[]): Buffer {
  const bytes = Buffer.concat(content);
  const header = Buffer.from(`${type}\0\0\0\0`, 'latin1');
  header.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([header, bytes, Buffer.alloc(bytes.length % 2)]);
}

function riff(...chunks: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat([Buffer.from('WEBP'), ...chunks]);
  const header = Buffer.from('RIFF\0\0\0\0');
  header.writeUInt32LE(content.length, 4);
  return Buffer.concat([header, content]);
}

/** The header of the extended format for the pictures drawn here. */
const extension = (flags: number) => chunk('VP8X', Uint8Array.of(flags, 0, 0, 0, 95, 0, 0, 63, 0, 0));

/** A simple file made into one of the extended format. */
const extend = (file: Buffer, flags: number, ...chunks: readonly Uint8Array[]) =>
  riff(extension(flags), file.subarray(12), ...chunks);

const exif = (orientation: number) => chunk('EXIF', exifBlock({ orientation }));
const xmp = (text: string) => chunk('XMP ', Buffer.from(text));

async function animation(delay: number): Promise<Buffer> {
  const frames = Buffer.concat([drawPixels(1, size), drawPixels(2, size)]);
  return sharp(frames, { raw: { width: 96, height: 128, channels: 3, pageHeight: 64 } })
    .webp({ delay: [delay, 100], loop: 0 })
    .toBuffer();
}

describe('the image data of a WebP file', () => {
  it('has a hash of 64 digits', () => {
    assert.match(hash(lossy) ?? '', /^[0-9a-f]{64}$/);
  });

  for (const [kind, options] of Object.entries({ lossy: {}, lossless: { lossless: true } })) {
    it(`is the same with metadata that sharp writes, ${kind}`, async () => {
      const plain = kind === 'lossy' ? lossy : lossless;
      const drawn = () => drawPicture(1, size);
      const artist = await drawn()
        .withExif({ IFD0: { Artist: 'A. Nobody' } })
        .webp(options)
        .toBuffer();
      const packet = await drawn().withXmp('<x:xmpmeta/>').webp(options).toBuffer();
      assert.notEqual(artist.length, plain.length);
      assert.equal(hash(artist), hash(plain));
      assert.equal(hash(packet), hash(plain));
    });
  }

  it('is the same with metadata beside transparency', () => {
    const chunks = transparent.subarray(12 + 18);
    const flagged = riff(extension(ALPHA | EXIF | XMP), chunks, exif(1), xmp('<x:xmpmeta/>'));
    assert.equal(hash(flagged), hash(transparent));
  });

  it('is the same in the extended format without anything more', () => {
    assert.equal(hash(extend(lossy, 0)), hash(lossy));
    assert.equal(hash(extend(lossy, EXIF | XMP)), hash(lossy));
  });

  const looks: Record<string, () => Uint8Array> = {
    'one other byte of the picture': () => changeByte(lossy, lossy.length - 30),
    'another orientation': () => extend(lossy, EXIF, exif(6)),
    'another orientation that is not announced': () => extend(lossy, 0, exif(6)),
    'another orientation in the simple format': () => riff(lossy.subarray(12), exif(6)),
    'another orientation in XMP': () => extend(lossy, XMP, xmp('<x tiff:Orientation="6"/>')),
    'a color profile': () => riff(extension(0x20), chunk('ICCP', Buffer.from('profile')), lossy.subarray(12)),
    'another canvas': () =>
      riff(chunk('VP8X', Uint8Array.of(0, 0, 0, 0, 99, 0, 0, 63, 0, 0)), lossy.subarray(12)),
    'transparency that is not there': () => extend(lossy, ALPHA),
    'a chunk that is not known': () => extend(lossy, 0, chunk('ABCD', Buffer.from('x'))),
    'bytes after its end': () => Buffer.concat([lossy, Buffer.from('more')]),
  };
  for (const [what, make] of Object.entries(looks)) {
    it(`is another with ${what}`, () => {
      assert.match(hash(make()) ?? '', /^[0-9a-f]{64}$/);
      assert.notEqual(hash(make()), hash(lossy));
    });
  }

  it('is another with other transparency', () => {
    const at = transparent.indexOf('ALPH');
    assert.notEqual(at, -1);
    assert.notEqual(hash(changeByte(transparent, at + 10)), hash(transparent));
  });

  it('is another with another delay of a frame', async () => {
    const file = await animation(50);
    assert.match(hash(file) ?? '', /^[0-9a-f]{64}$/);
    assert.equal(hash(await animation(50)), hash(file));
    assert.notEqual(hash(await animation(80)), hash(file));
  });

  const doubtful: Record<string, () => Uint8Array> = {
    'that is cut off': () => lossy.subarray(0, -10),
    'without a picture': () => riff(extension(0)),
    'with a chunk that goes beyond its end': () => riff(lossy.subarray(12, -10)),
  };
  for (const [what, make] of Object.entries(doubtful)) {
    it(`is not told of a file ${what}`, () => {
      assert.equal(hash(make()), null);
    });
  }
});
