import assert from 'node:assert/strict';
import { it } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { wrapAsTiff } from '../../src/imaging/uncompressed-tiff.ts';
import { SQUASH } from '../support/input-recipe.ts';
import { prepareOne } from '../support/prepare-one.ts';

const SIZE = { width: 8, height: 8 };

function plain(color: string): Sharp {
  return sharp({ create: { ...SIZE, channels: 3, background: color } });
}

/** The color of a one-color picture as a model sees it, 0 to 255. */
async function colorOf(file: Uint8Array): Promise<number[]> {
  const { input } = await prepareOne(file);
  const plane = SQUASH.width * SQUASH.height;
  return [0, 1, 2].map((channel) => {
    const value = input[channel * plane + (plane >> 1)] as number;
    return Math.round((value * (SQUASH.std[channel] as number) + (SQUASH.mean[channel] as number)) * 255);
  });
}

function assertNear(found: number[], expected: number[], tolerance: number): void {
  const isNear = found.every((value, i) => Math.abs(value - (expected[i] as number)) <= tolerance);
  assert(isNear, `found ${found.join()}, expected ${expected.join()} within ${tolerance}`);
}

it('reads RGB as it is', async () => {
  assert.deepEqual(await colorOf(await plain('#c86432').png().toBuffer()), [200, 100, 50]);
});

it('converts CMYK', async () => {
  const cmyk = await plain('#a08060').toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
  assert.equal((await sharp(cmyk).metadata()).space, 'cmyk');
  assertNear(await colorOf(cmyk), [160, 128, 96], 12);
});

it('converts a color profile, with 8 bits and with 16', async () => {
  const narrow = await plain('#c86432').withIccProfile('p3').png().toBuffer();
  const wide = await plain('#c86432').toColourspace('rgb16').withIccProfile('p3').png().toBuffer();
  assert.equal((await sharp(wide).metadata()).depth, 'ushort');
  for (const file of [narrow, wide]) {
    const raw = await sharp(file, { ignoreIcc: true }).raw({ depth: 'uchar' }).toBuffer();
    assert(Math.abs((raw[0] as number) - 200) > 5, 'the stored values should differ from sRGB');
    assertNear(await colorOf(file), [200, 100, 50], 2);
  }
});

it('does not change 16-bit colors that are sRGB already', async () => {
  const file = await plain('#c86432').toColourspace('rgb16').withIccProfile('srgb').png().toBuffer();
  assertNear(await colorOf(file), [200, 100, 50], 1);
});

it('reads gray with 16 bits and alpha', async () => {
  const pixels = Buffer.alloc(SIZE.width * SIZE.height * 2, 0).map((_, i) => (i % 2 === 0 ? 90 : 255));
  const gray = await sharp(pixels, { raw: { ...SIZE, channels: 2 } })
    .toColourspace('grey16')
    .png()
    .toBuffer();
  assert.deepEqual(await colorOf(gray), [90, 90, 90]);
});

it('wraps the pixels of another decoder so that their profile counts and their alpha too', async () => {
  const file = await plain('#c86432').withIccProfile('p3').png().toBuffer();
  const profile = (await sharp(file).metadata()).icc;
  assert(profile !== undefined);
  const stored = await sharp(file, { ignoreIcc: true }).ensureAlpha().raw().toBuffer();
  assertNear(await colorOf(wrapAsTiff(stored, 8, 8, profile)), [200, 100, 50], 2);
  assert.deepEqual(await colorOf(wrapAsTiff(stored.fill(0), 8, 8, null)), [255, 255, 255]);
});
