import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cropPixels } from '../../src/imaging/crop-pixels.ts';

/** Each value tells its row and column. */
function numbered(width: number, height: number) {
  const data = Uint8Array.from(
    { length: width * height },
    (_, i) => Math.floor(i / width) * 10 + (i % width),
  );
  return { data, width, height, channels: 1 as const };
}

describe('cropping', () => {
  it('cuts the region that fractions name', () => {
    const cut = cropPixels(numbered(8, 4), { x: 0.25, y: 0.5, width: 0.5, height: 0.5 });
    assert.deepEqual([cut.width, cut.height], [4, 2]);
    assert.deepEqual([...cut.data], [22, 23, 24, 25, 32, 33, 34, 35]);
  });

  it('gives the whole for the whole', () => {
    const whole = numbered(5, 3);
    assert.deepEqual(cropPixels(whole, { x: 0, y: 0, width: 1, height: 1 }), whole);
  });

  it('never cuts to nothing and never reaches outside', () => {
    for (const x of [0, 0.5, 0.999_999, 1]) {
      const cut = cropPixels(numbered(3, 3), { x, y: x, width: 1e-9, height: 1e-9 });
      assert.deepEqual([cut.width, cut.height, cut.data.length], [1, 1, 1]);
    }
  });

  it('keeps the channels of a pixel together', () => {
    const data = Uint8Array.from({ length: 12 }, (_, i) => i);
    const cut = cropPixels(
      { data, width: 2, height: 2, channels: 3 },
      { x: 0.5, y: 0, width: 0.5, height: 1 },
    );
    assert.deepEqual([...cut.data], [3, 4, 5, 9, 10, 11]);
  });
});
