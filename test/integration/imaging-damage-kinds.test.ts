import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { EideticError } from '../../src/domain/errors.ts';
import { drawPicture } from '../support/draw-picture.ts';
import { prepareOne } from '../support/prepare-one.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { TURNED_HEIC } from '../support/turned-heic.ts';

const draw = () => drawPicture(1, { width: 300, height: 200 });

async function drawFrames(): Promise<Sharp> {
  const frames = [1, 2, 3].map((n) => drawPicture(n, { width: 300, height: 200 }).png().toBuffer());
  return sharp(await Promise.all(frames), { join: { animated: true } });
}

type Damage = 'cut' | 'zeroed' | 'overwritten';

/** Where the coded picture has no redundancy that could tell, the damaged file is another valid picture. */
const NOBODY_CAN_TELL: readonly Damage[] = ['zeroed', 'overwritten'];

/** A whole file of each kind of coding, and the damage that its loader cannot see. */
const FILES: Readonly<Record<string, readonly [file: Promise<Uint8Array>, unseen: readonly Damage[]]>> = {
  // Zeros are codes like others to a Huffman decoder; what comes behind them may fit by chance.
  'baseline JPEG': [draw().jpeg({ quality: 90 }).toBuffer(), ['zeroed']],
  'progressive JPEG': [draw().jpeg({ quality: 90, progressive: true }).toBuffer(), ['zeroed']],
  'CMYK JPEG': [draw().toColourspace('cmyk').jpeg().toBuffer(), []],
  PNG: [draw().png().toBuffer(), []],
  'interlaced PNG': [draw().png({ progressive: true }).toBuffer(), []],
  'lossy WebP': [draw().webp().toBuffer(), NOBODY_CAN_TELL],
  'lossless WebP': [draw().webp({ lossless: true }).toBuffer(), NOBODY_CAN_TELL],
  'animated WebP': [drawFrames().then((frames) => frames.webp().toBuffer()), NOBODY_CAN_TELL],
  GIF: [draw().gif().toBuffer(), ['zeroed']],
  'animated GIF, in a later frame': [drawFrames().then((frames) => frames.gif().toBuffer()), NOBODY_CAN_TELL],
  AVIF: [draw().avif({ effort: 0 }).toBuffer(), []],
  HEIC: [Promise.resolve(TURNED_HEIC), []],
  'uncompressed TIFF': [draw().tiff({ compression: 'none' }).toBuffer(), NOBODY_CAN_TELL],
  'TIFF with LZW': [draw().tiff({ compression: 'lzw' }).toBuffer(), []],
  // Its checksum comes behind the last byte that libtiff needs.
  'TIFF with deflate': [draw().tiff({ compression: 'deflate' }).toBuffer(), NOBODY_CAN_TELL],
  'TIFF with JPEG': [draw().tiff({ compression: 'jpeg' }).toBuffer(), []],
  'TIFF with CCITT G4': [
    draw().threshold().toColourspace('b-w').tiff({ compression: 'ccittfax4', bitdepth: 1 }).toBuffer(),
    [],
  ],
};

const DAMAGES: Readonly<Record<Damage, (file: Uint8Array) => Uint8Array[]>> = {
  cut: (file) => [file.subarray(0, -40), file.subarray(0, file.length >> 1)],
  zeroed: (file) => [patch(file, () => 0)],
  overwritten: (file) => {
    const random = seededRandom(5);
    return [patch(file, () => Math.floor(random() * 256))];
  },
};

/** Other bytes at three fifths of a file: within the coded picture. */
function patch(file: Uint8Array, byte: () => number): Uint8Array {
  const start = Math.floor(file.length * 0.6);
  return file.map((value, i) => (i >= start && i < start + Math.min(64, file.length >> 3) ? byte() : value));
}

async function isRefused(file: Uint8Array): Promise<boolean> {
  try {
    await prepareOne(file);
    return false;
  } catch (error) {
    assert.ok(error instanceof EideticError);
    assert.equal(error.code, 'IMAGE_UNREADABLE');
    return true;
  }
}

describe('damage', () => {
  for (const [kind, [whole, unseen]] of Object.entries(FILES)) {
    for (const [damage, apply] of Object.entries(DAMAGES)) {
      const isSeen = !unseen.includes(damage as Damage);
      it(`${isSeen ? 'refuses' : 'cannot tell'} a ${kind} that is ${damage}`, async () => {
        const file = await whole;
        assert.equal(await isRefused(file), false, 'the whole one should be read');
        for (const damaged of apply(file)) {
          assert.equal(await isRefused(damaged), isSeen, `${damaged.length} of ${file.length} bytes`);
        }
      });
    }
  }

  it('counts in a JPEG with a gain map where it is in the picture itself', async () => {
    const file = readFileSync('test/fixtures/faults/damaged-ultra-hdr/ultra-hdr.jpg');
    const pictureBytes = file.indexOf(Uint8Array.of(0xff, 0xd9)) + 2;
    assert.equal(await isRefused(file.subarray(0, pictureBytes - 40)), true);
    assert.equal(await isRefused(file.subarray(0, -40)), false);
    const [overwritten] = DAMAGES.overwritten(file.subarray(0, pictureBytes));
    assert.ok(overwritten !== undefined);
    assert.equal(await isRefused(Buffer.concat([overwritten, file.subarray(pictureBytes)])), true);
  });

  for (const [kind, draw] of Object.entries({
    'lossy WebP': (picture: Sharp) => picture.webp({ quality: 95 }),
    'lossless WebP': (picture: Sharp) => picture.webp({ lossless: true }),
    GIF: (picture: Sharp) => picture.gif(),
  })) {
    it(`is seen in a ${kind} that ends in zeros, as a copy that was broken off leaves it`, async () => {
      const file = await draw(drawPicture(1, { width: 600, height: 400 })).toBuffer();
      assert.ok(file.length > 16_384, `${file.length} bytes`);
      assert.equal(await isRefused(Buffer.from(file).fill(0, file.length - 8_192)), true);
      assert.equal(await isRefused(Buffer.concat([file, Buffer.alloc(8_192)])), false, 'padding is none');
    });
  }
});
