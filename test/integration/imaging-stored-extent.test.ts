import assert from 'node:assert/strict';
import { it } from 'node:test';
import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { preparePicture } from '../../src/imaging/prepare-picture.ts';
import { wrapAsTiff } from '../../src/imaging/uncompressed-tiff.ts';
import { drawPicture } from '../support/draw-picture.ts';
import { hashOfPixels } from '../support/hash-of-pixels.ts';
import { SQUASH } from '../support/input-recipe.ts';
import { prepareOne } from '../support/prepare-one.ts';
import { TURNED_HEIC } from '../support/turned-heic.ts';

async function extentOf(file: Uint8Array) {
  const { pages, bitDepth } = (await prepareOne(file)).facts;
  return { pages, bitDepth, isHashed: (await hashOfPixels(file)) !== null };
}

/** @param last what the last one shows; the others show 0, 1, … */
async function framesOf(count: number, last = count - 1): Promise<Sharp> {
  const frames = Array.from({ length: count }, (_, n) =>
    drawPicture(n === count - 1 ? last : n)
      .png()
      .toBuffer(),
  );
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
  'PNG with 16 bits': [drawPicture(1).toColourspace('rgb16').png().toBuffer(), 16],
  'PNG in Display P3': [drawPicture(1).withIccProfile('p3').png().toBuffer(), 8],
  'CMYK JPEG': [drawPicture(1).toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer(), 8],
  'AVIF with 10 bits': [
    drawPicture(1).toColourspace('rgb16').avif({ bitdepth: 10, effort: 0 }).toBuffer(),
    10,
  ],
};

for (const [name, [file, bitDepth]] of Object.entries(WHOLE)) {
  it(`tells the pages and bits of a ${name}, and hashes its pixels`, async () => {
    assert.deepEqual(await extentOf(await file), { pages: 1, bitDepth, isHashed: true });
  });
}

const PAGED: Readonly<Record<string, readonly [file: (frames: Sharp) => Sharp, pages: number]>> = {
  'animated GIF': [(frames) => frames.gif(), 3],
  'animated WebP': [(frames) => frames.webp({ lossless: true }), 3],
  'TIFF of three pages': [(frames) => frames.tiff({ compression: 'lzw' }), 3],
};

for (const [name, [encode, pages]] of Object.entries(PAGED)) {
  it(`tells the pages of a ${name}, and hashes all of them`, async () => {
    const file = await encode(await framesOf(3)).toBuffer();
    assert.deepEqual(await extentOf(file), { pages, bitDepth: 8, isHashed: true });
    const others = await encode(await framesOf(3, 9)).toBuffer();
    assert.deepEqual((await prepareOne(file)).input, (await prepareOne(others)).input);
    assert.notEqual(await hashOfPixels(file), await hashOfPixels(others));
    assert.notEqual(await hashOfPixels(file), await hashOfPixels(await encode(await framesOf(2)).toBuffer()));
  });
}

it('gives an animation one hash however it is packed, and another when it moves otherwise', async () => {
  const frames = await framesOf(3);
  const pack = (effort: number, delay: number[]) =>
    frames.clone().webp({ lossless: true, effort, delay }).toBuffer();
  const hash = await hashOfPixels(await pack(1, [100, 100, 100]));
  assert.equal(await hashOfPixels(await pack(6, [100, 100, 100])), hash);
  assert.notEqual(await hashOfPixels(await pack(1, [100, 100, 2000])), hash);
});

it('does not hash a drawing, which has no pixels of its own', async () => {
  const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"></svg>');
  assert.deepEqual(await extentOf(drawing), { pages: 1, bitDepth: 8, isHashed: false });
});

it('tells colors apart that only their profile tells apart', async () => {
  const stored = { create: { width: 8, height: 8, channels: 3 as const, background: '#c86432' } };
  const plain = await sharp(stored).png().toBuffer();
  const profile = (await sharp(await sharp(stored).withIccProfile('p3').png().toBuffer()).metadata()).icc;
  assert.ok(profile !== undefined);
  const pixels = await sharp(stored).ensureAlpha().raw().toBuffer();
  const [same, other] = [wrapAsTiff(pixels, 8, 8, null), wrapAsTiff(pixels, 8, 8, profile)];
  assert.equal(await hashOfPixels(same), await hashOfPixels(plain));
  assert.notEqual(await hashOfPixels(other), await hashOfPixels(plain));
});

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

it('gives a region the facts of its own size', async () => {
  const png = await drawPicture(1, { width: 80, height: 40 }).png().toBuffer();
  const region = { x: 0.25, y: 0, width: 0.5, height: 0.5 };
  const { facts } = await preparePicture(png, [SQUASH], DEFAULT_PICTURE_LIMITS, region);
  assert.deepEqual([facts.width, facts.height], [40, 20]);
});
