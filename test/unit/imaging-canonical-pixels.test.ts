import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type Pixels, toCanonicalPixels } from '../../src/imaging/canonical-pixels.ts';

function pixels(channels: Pixels['channels'], ...data: number[]): Pixels {
  return { data: Uint8Array.from(data), channels };
}

it('drops an alpha channel that hides nothing', () => {
  const canonical = toCanonicalPixels(pixels(4, 1, 2, 3, 255, 4, 5, 6, 255));
  assert.deepEqual(canonical, pixels(3, 1, 2, 3, 4, 5, 6));
});

it('keeps an alpha channel that hides something, down to one pixel', () => {
  const canonical = toCanonicalPixels(pixels(4, 1, 2, 3, 255, 4, 5, 6, 254));
  assert.deepEqual(canonical, pixels(4, 1, 2, 3, 255, 4, 5, 6, 254));
});

it('keeps colors that nobody can see', () => {
  const canonical = toCanonicalPixels(pixels(4, 1, 2, 3, 0, 4, 5, 6, 7));
  assert.deepEqual(canonical, pixels(4, 1, 2, 3, 0, 4, 5, 6, 7));
});

it('takes gray stored as RGB for gray, with and without alpha', () => {
  assert.deepEqual(toCanonicalPixels(pixels(3, 7, 7, 7, 9, 9, 9)), pixels(1, 7, 9));
  assert.deepEqual(toCanonicalPixels(pixels(4, 7, 7, 7, 10, 9, 9, 9, 20)), pixels(2, 7, 10, 9, 20));
  assert.deepEqual(toCanonicalPixels(pixels(4, 7, 7, 7, 255, 9, 9, 9, 255)), pixels(1, 7, 9));
  assert.deepEqual(toCanonicalPixels(pixels(2, 7, 255, 9, 255)), pixels(1, 7, 9));
});

it('keeps a picture that is gray but for its last pixel', () => {
  assert.deepEqual(toCanonicalPixels(pixels(3, 7, 7, 7, 9, 9, 8)), pixels(3, 7, 7, 7, 9, 9, 8));
});

it('takes 16 bits that say no more than 8 for 8, and keeps others', () => {
  const of = (...data: number[]): Pixels => ({ data: Uint16Array.from(data), channels: 1 });
  assert.deepEqual(toCanonicalPixels(of(0, 257, 65_535)), pixels(1, 0, 1, 255));
  assert.deepEqual(toCanonicalPixels(of(0, 257, 65_534)), of(0, 257, 65_534));
  const opaque: Pixels = { data: Uint16Array.from([300, 65_535, 400, 65_535]), channels: 2 };
  assert.deepEqual(toCanonicalPixels(opaque), of(300, 400));
});
