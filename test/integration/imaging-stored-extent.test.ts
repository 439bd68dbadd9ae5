import assert from 'node:assert/strict';
import { it } from 'node:test';
import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { preparePicture } from '../../src/imaging/prepare-picture.ts';
import { drawPicture } from '../support/draw-picture.ts';
import { SQUASH } from '../support/input-recipe.ts';
import { prepareOne } from '../support/prepare-one.ts';
import { TURNED_HEIC } from '../support/turned-heic.ts';

async function extentOf(file: Uint8Array) {
  const { pages, bitDepth, pixelHash } = (await prepareOne(file)).facts;
  return { pages, bitDepth, isHashed: pixelHash !== null };
}

async function framesOf(count: number): Promise<Sharp> {
  const frames = Array.from({ length: count }, (_, n) => drawPicture(n).png().toBuffer());
  return sharp(await Promise.all(frames), { join: { animated: true } });
}

/** Puts bytes into a file at a place. */
function insert(file: Buffer, at: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([file.subarray(0, at), bytes, file.subarray(at)]);
}

const WHOLE: Readonly<Record<string, readonly [file: Promise<Uint8Array>, bitDepth: number]>> = {
  JPEG: [drawPicture(1).jpeg().toBuffer(), 8],
  'gray JPEG': [drawPicture(1).grayscale().jpeg().toBuffer(), 8],
  PNG: [drawPicture(1).png().toBuffer(), 8],
  'PNG with an sRGB profile': [drawPicture(1).withIccProfile('srgb').png().toBuffer(), 8],
  'PNG whose palette has four colors': [drawPicture(1).png({ palette: true, colours: 4 }).toBuffer(), 8],
  WebP: [drawPicture(1).webp().toBuffer(), 8],
  'GIF of one frame': [drawPicture(1).gif().toBuffer(), 8],
  AVIF: [drawPicture(1).avif({ effort: 0 }).toBuffer(), 8],
  HEIC: [Promise.resolve(TURNED_HEIC), 8],
  TIFF: [drawPicture(1).tiff().toBuffer(), 8],
  'TIFF of black and white': [
    drawPicture(1).threshold().toColourspace('b-w').tiff({ bitdepth: 1 }).toBuffer(),
    1,
  ],
  SVG: [
    Promise.resolve(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"></svg>')),
    8,
  ],
};

for (const [name, [file, bitDepth]] of Object.entries(WHOLE)) {
  it(`hashes the pixels of a ${name}: they are all there is`, async () => {
    assert.deepEqual(await extentOf(await file), { pages: 1, bitDepth, isHashed: true });
  });
}

const MORE: Readonly<Record<string, readonly [file: Promise<Uint8Array>, pages: number, bitDepth: number]>> =
  {
    'a PNG with 16 bits': [drawPicture(1).toColourspace('rgb16').png().toBuffer(), 1, 16],
    'a PNG in Display P3': [drawPicture(1).withIccProfile('p3').png().toBuffer(), 1, 8],
    'an AVIF with 10 bits': [
      drawPicture(1).toColourspace('rgb16').avif({ bitdepth: 10, effort: 0 }).toBuffer(),
      1,
      10,
    ],
    'an animated GIF': [framesOf(3).then((frames) => frames.gif().toBuffer()), 3, 8],
    'an animated WebP': [framesOf(2).then((frames) => frames.webp({ lossless: true }).toBuffer()), 2, 8],
    'a TIFF of two pages': [framesOf(2).then((frames) => frames.tiff().toBuffer()), 2, 8],
    'a CMYK JPEG, whose colors are converted': [
      drawPicture(1).toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer(),
      1,
      8,
    ],
  };

for (const [name, [file, pages, bitDepth]] of Object.entries(MORE)) {
  it(`does not hash ${name}: more is stored than was looked at`, async () => {
    assert.deepEqual(await extentOf(await file), { pages, bitDepth, isHashed: false });
  });
}

it('does not hash a TIFF of signed numbers, whose lower half is cut off', async () => {
  const tiff = await drawPicture(1).grayscale().toColourspace('b-w').tiff({ compression: 'none' }).toBuffer();
  const sampleFormat = tiff.indexOf(Uint8Array.of(0x53, 0x01, 3, 0, 1, 0, 0, 0, 1, 0));
  tiff.writeUInt16LE(2, sampleFormat + 8);
  assert.equal((await sharp(tiff).metadata()).depth, 'char');
  assert.deepEqual(await extentOf(tiff), { pages: 1, bitDepth: 8, isHashed: false });
});

it('does not know the pages of a PNG that says that it is animated', async () => {
  const png = await drawPicture(1).png().toBuffer();
  const type = Buffer.from('acTL\0\0\0\x02\0\0\0\0', 'latin1');
  const chunk = Buffer.alloc(4 + type.length + 4);
  chunk.writeUInt32BE(8);
  chunk.set(type, 4);
  chunk.writeUInt32BE(crc32(type), 4 + type.length);
  const animated = insert(png, png.indexOf('IDAT') - 4, chunk);
  assert.deepEqual(await extentOf(animated), { pages: null, bitDepth: 8, isHashed: false });
});

it('does not know the pages of a JPEG that says that it holds several pictures', async () => {
  const jpeg = await drawPicture(1).jpeg().toBuffer();
  const segment = Buffer.from('\xff\xe2\0\x0aMPF\0II*\0', 'latin1');
  assert.deepEqual(await extentOf(insert(jpeg, 2, segment)), { pages: null, bitDepth: 8, isHashed: false });
});

it('does not know the pages of an AVIF or HEIC file that says that it holds a sequence', async () => {
  const avif = await drawPicture(1).avif({ effort: 0 }).toBuffer();
  avif.write('avis', avif.indexOf('miaf'), 'latin1');
  const heic = Buffer.from(TURNED_HEIC);
  heic.write('hevx', heic.indexOf('miaf'), 'latin1');
  for (const sequence of [avif, heic]) {
    assert.deepEqual(await extentOf(sequence), { pages: null, bitDepth: 8, isHashed: false });
  }
});

it('gives a region no hash, and the facts of its own size', async () => {
  const png = await drawPicture(1, { width: 80, height: 40 }).png().toBuffer();
  const region = { x: 0.25, y: 0, width: 0.5, height: 0.5 };
  const { facts } = await preparePicture(png, [SQUASH], DEFAULT_PICTURE_LIMITS, region);
  assert.deepEqual([facts.width, facts.height, facts.pixelHash], [40, 20, null]);
});

it('leaves the hash of the image data to who looks at it', async () => {
  const { facts } = await prepareOne(await drawPicture(1).png().toBuffer());
  assert.equal(facts.imageDataHash, null);
});
