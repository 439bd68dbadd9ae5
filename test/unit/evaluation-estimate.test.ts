import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bootstrapEstimate, meanEstimate, shareEstimate } from '../../src/evaluation/estimate.ts';

function near(actual: number | null, expected: number, tolerance = 5e-4): void {
  assert.ok(actual !== null && Math.abs(actual - expected) <= tolerance, `${actual}, expected ${expected}`);
}

describe('shareEstimate', () => {
  it("gives Wilson's interval", () => {
    // R. G. Newcombe, Statistics in Medicine 17, 1998, table I, method 3.
    const { value, low, high } = shareEstimate(81, 263);
    near(value, 0.308);
    near(low, 0.2553);
    near(high, 0.3662);
    near(shareEstimate(15, 148).low, 0.0624);
    near(shareEstimate(0, 20).high, 0.1611);
    assert.equal(shareEstimate(0, 20).low, 0);
    near(shareEstimate(1, 29).low, 0.0061);
    assert.equal(shareEstimate(20, 20).high, 1);
  });
});

describe('bootstrapEstimate', () => {
  it('comes near the normal interval of a mean, the same one for the same seed', () => {
    const values = Array.from({ length: 400 }, (_, i) => (i % 4 === 0 ? 1 : 0));
    const { value, low, high } = meanEstimate(values, 'seed');
    assert.equal(value, 0.25);
    near(low, 0.25 - 1.96 * Math.sqrt((0.25 * 0.75) / 400), 0.01);
    near(high, 0.25 + 1.96 * Math.sqrt((0.25 * 0.75) / 400), 0.01);
    assert.deepEqual(meanEstimate(values, 'seed'), { value, low, high });
    assert.notDeepEqual(meanEstimate(values, 'other'), { value, low, high });
  });

  it('draws as many units as there are, and says nothing of fewer than ten', () => {
    bootstrapEstimate(12, 'seed', (weights) => {
      assert.equal(
        weights.reduce((sum, weight) => sum + weight, 0),
        12,
      );
      return 0;
    });
    assert.deepEqual(meanEstimate([0, 1], 'seed'), { value: 0.5, low: null, high: null });
  });
});
