import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rangeOfIntegers, rangeOfNumbers } from '../../src/imaging/value-range.ts';

const FULL = { black: 0, white: 65_535 };

describe('range of 16-bit values', () => {
  it('is all of it for a photo, a dark photo, a foggy one, and one shade', () => {
    for (const [min, max] of [
      [0, 65_535],
      [300, 20_000],
      [30_000, 40_000],
      [0, 0],
      [300, 300],
    ] as const) {
      assert.deepEqual(rangeOfIntegers(min, max), FULL);
    }
  });

  it('is that of a sliver, wherever it lies', () => {
    assert.deepEqual(rangeOfIntegers(0, 128), { black: 0, white: 128 });
    assert.deepEqual(rangeOfIntegers(40_000, 41_000), { black: 40_000, white: 41_000 });
  });

  it('is that of as many bits as the values need, up to 14', () => {
    assert.deepEqual(rangeOfIntegers(5, 4_000), { black: 0, white: 4_095 });
    assert.deepEqual(rangeOfIntegers(5, 16_383), { black: 0, white: 16_383 });
    assert.deepEqual(rangeOfIntegers(5, 16_384), FULL);
  });
});

describe('range of floating point values', () => {
  it('is 0 to 1 or 0 to 255 where the values fill it', () => {
    assert.deepEqual(rangeOfNumbers(0, 1), { black: 0, white: 1 });
    assert.deepEqual(rangeOfNumbers(0.1, 0.5), { black: 0, white: 1 });
    assert.deepEqual(rangeOfNumbers(0, 255), { black: 0, white: 255 });
    assert.deepEqual(rangeOfNumbers(0.5, 0.5), { black: 0, white: 1 });
  });

  it('is that of the values otherwise', () => {
    assert.deepEqual(rangeOfNumbers(-1, 1), { black: -1, white: 1 });
    assert.deepEqual(rangeOfNumbers(1_000, 5_000), { black: 1_000, white: 5_000 });
    assert.deepEqual(rangeOfNumbers(0.5, 0.51), { black: 0.5, white: 0.51 });
    assert.deepEqual(rangeOfNumbers(1_000, 1_000), { black: 1_000, white: 1_001 });
  });
});
