import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodingCost } from '../../src/imaging/decoding-cost.ts';
import { drawPicture } from '../support/draw-picture.ts';

const WIDE = 12_000;

describe('what decoding may take', () => {
  it('is little for ordinary JPEGs, PNGs and WebPs', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      assert.equal(decodingCost(await drawPicture(1).toFormat(format).toBuffer(), format), 'plain');
    }
    assert.equal(decodingCost(await drawPicture(1).webp({ lossless: true }).toBuffer(), 'webp'), 'plain');
    assert.equal(decodingCost(await drawPicture(1).jpeg({ progressive: true }).toBuffer(), 'jpeg'), 'plain');
  });

  it('is bounded by the size for TIFF, HEIF, animations and bitmaps, and by nothing for drawings', () => {
    assert.equal(decodingCost(Uint8Array.of(1, 2, 3), 'svg'), 'unbounded');
    for (const format of ['tiff', 'heic', 'avif', 'gif', 'bmp', 'ico'] as const) {
      assert.equal(decodingCost(Uint8Array.of(1, 2, 3), format), 'bounded');
    }
  });

  it('is more for a picture that says that it is large', async () => {
    const jpeg = await drawPicture(1).jpeg().toBuffer();
    const frame = jpeg.indexOf(Uint8Array.of(0xff, 0xc0));
    jpeg.writeUInt16BE(WIDE, frame + 5);
    jpeg.writeUInt16BE(WIDE, frame + 7);
    const png = await drawPicture(1).png().toBuffer();
    png.writeUInt32BE(WIDE, 16);
    png.writeUInt32BE(WIDE, 20);
    const webp = await drawPicture(1).webp().toBuffer();
    webp.writeUInt16LE(WIDE, 26);
    webp.writeUInt16LE(WIDE, 28);
    const lossless = await drawPicture(1).webp({ lossless: true }).toBuffer();
    lossless.writeUInt32LE((WIDE - 1) | ((WIDE - 1) << 14), 21);
    const extended = await drawPicture(1)
      .webp()
      .withExif({ IFD0: { Make: 'Acme' } })
      .toBuffer();
    extended.writeUIntLE(WIDE - 1, 24, 3);
    extended.writeUIntLE(WIDE - 1, 27, 3);
    assert.equal(decodingCost(jpeg, 'jpeg'), 'bounded');
    assert.equal(decodingCost(png, 'png'), 'bounded');
    for (const file of [webp, lossless, extended]) {
      assert.equal(decodingCost(file, 'webp'), 'bounded');
    }
  });

  it('is more for a JPEG of more scans than a camera writes', async () => {
    const jpeg = await drawPicture(1).jpeg({ progressive: true }).toBuffer();
    const scans = Buffer.concat(Array.from({ length: 100 }, () => Buffer.of(0xff, 0xda)));
    assert.equal(decodingCost(Buffer.concat([jpeg, scans]), 'jpeg'), 'bounded');
  });

  it('is found for any bytes', () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      for (const length of [0, 1, 10, 29, 40]) {
        assert.equal(decodingCost(new Uint8Array(length), format), 'plain');
      }
    }
    assert.equal(decodingCost(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0xff), 'jpeg'), 'plain');
  });
});
