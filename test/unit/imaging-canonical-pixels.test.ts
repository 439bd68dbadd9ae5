import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type Pixels, toCanonicalPixels } from '../../src/imaging/canonical-pixels.ts';
import { hashPixels } from '../../src/imaging/pixel-hash.ts';

function pixels(channels: Pixels['channels'], ...data: number[]): Pixels {
  return { data: Uint8Array.from(data), width: data.length / channels, height: 1, channels };
}

it('drops an alpha channel that hides nothing', () => {
  const canonical = toCanonicalPixels(pixels(4, 1, 2, 3, 255, 4, 5, 6, 255));
  assert.deepEqual(canonical, pixels(3, 1, 2, 3, 4, 5, 6));
});

it('keeps an alpha channel that hides something, down to one pixel', () => {
  const canonical = toCanonicalPixels(pixels(4, 1, 2, 3, 255, 4, 5, 6, 254));
  assert.deepEqual(canonical, pixels(4, 1, 2, 3, 255, 4, 5, 6, 254));
});

it('forgets colors that nobody can see', () => {
  const canonical = toCanonicalPixels(pixels(4, 1, 2, 3, 0, 4, 5, 6, 7));
  assert.deepEqual(canonical, pixels(4, 0, 0, 0, 0, 4, 5, 6, 7));
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

it('gives the same bytes in another shape another hash', () => {
  const data = new Uint8Array(12);
  const shapes: Pixels[] = [
    { data, width: 12, height: 1, channels: 1 },
    { data, width: 1, height: 12, channels: 1 },
    { data, width: 4, height: 1, channels: 3 },
    { data, width: 3, height: 1, channels: 4 },
  ];
  assert.equal(new Set(shapes.map(hashPixels)).size, shapes.length);
});
