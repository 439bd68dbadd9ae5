import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { areaOf } from '../../src/imaging/picture-area.ts';

describe('area of a picture', () => {
  it('is what fractions name, in whole pixels', () => {
    const area = areaOf({ width: 8, height: 4 }, { x: 0.25, y: 0.5, width: 0.5, height: 0.5 });
    assert.deepEqual(area, { left: 2, top: 2, width: 4, height: 2 });
  });

  it('is the whole for the whole, and without a region', () => {
    const whole = { left: 0, top: 0, width: 5, height: 3 };
    assert.deepEqual(areaOf({ width: 5, height: 3 }, { x: 0, y: 0, width: 1, height: 1 }), whole);
    assert.deepEqual(areaOf({ width: 5, height: 3 }, undefined), whole);
  });

  it('is never nothing and never reaches outside', () => {
    for (const x of [0, 0.5, 0.999_999, 1]) {
      const { left, width } = areaOf({ width: 3, height: 3 }, { x, y: x, width: 1e-9, height: 1e-9 });
      assert.equal(width, 1);
      assert.ok(left >= 0 && left <= 2);
    }
  });
});
