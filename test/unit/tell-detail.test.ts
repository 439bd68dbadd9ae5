import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DetailBeside } from '../../src/copies/compare-detail.ts';
import { detailSides, withDetail } from '../../src/copies/tell-detail.ts';
import { areaOf } from '../../src/imaging/picture-area.ts';
import { SIDE_OF_A_WHOLE } from '../support/rated-candidate.ts';

describe('detailSides', () => {
  const sidesOf = (large: [number, number], small: [number, number], share = 1) =>
    detailSides(
      { ...SIDE_OF_A_WHOLE, share, width: large[0], height: large[1] },
      { ...SIDE_OF_A_WHOLE, width: small[0], height: small[1] },
    );

  it('are those at which the larger has up to twice the pixels of the smaller', () => {
    const all = { areAlike: false, region: undefined };
    assert.deepEqual(sidesOf([1_500, 1_000], [1_000, 667]), { large: 1_500, small: 1_000, ...all });
    assert.deepEqual(sidesOf([6_000, 4_000], [1_000, 667]), { large: 2_000, small: 1_000, ...all });
    assert.deepEqual(sidesOf([6_000, 4_000], [3_000, 2_000]), { large: 4_000, small: 3_000, ...all });
    assert.deepEqual(sidesOf([1_000, 667], [1_000, 667]), {
      ...{ large: 1_000, small: 1_000 },
      ...{ areAlike: true, region: undefined },
    });
  });

  it('are a part in the middle, of whole blocks, of two large ones that are about as large', () => {
    for (const [width, height] of [
      [4_032, 3_024],
      [9_001, 1_500],
      [1_601, 1_601],
    ] as const) {
      const sides = sidesOf([width, height], [width, height]);
      assert.equal(sides?.large, width);
      const { left, top, ...size } = areaOf({ width, height }, sides?.region);
      assert.deepEqual([left % 8, top % 8], [0, 0]);
      assert.deepEqual(size, { width: Math.min(width, 1_600), height: Math.min(height, 1_600) });
    }
  });

  it('are none for parts, other shapes, and what is too large', () => {
    assert.equal(sidesOf([1_500, 1_000], [1_000, 667], 0.8), null);
    assert.equal(sidesOf([1_500, 1_000], [1_000, 800]), null);
    assert.equal(sidesOf([8_000, 8_000], [5_000, 5_000]), null);
  });
});

describe('withDetail', () => {
  const NOTHING: DetailBeside = {
    growth: 2,
    unexplained: null,
    repeated: null,
    lead: null,
    excess: { large: null, small: null },
  };
  const told = (detail: Partial<DetailBeside>) =>
    withDetail([SIDE_OF_A_WHOLE, SIDE_OF_A_WHOLE], { ...NOTHING, ...detail });

  it('calls a picture faded that the other explains, and perhaps faded where nobody can tell', () => {
    const fading = [0.1, 0.5, 0.9, null].map((unexplained) => {
      const [{ isFaded, mayBeFaded }, small] = told({ unexplained });
      assert.equal(small.mayBeFaded, false);
      return [isFaded, mayBeFaded];
    });
    assert.deepEqual(fading, [
      [true, true],
      [false, true],
      [false, false],
      [false, false],
    ]);
    const [little] = told({ growth: 1.25, unexplained: 0.7 });
    assert.deepEqual([little.isFaded, little.mayBeFaded], [false, true]);
    assert.equal(told({ growth: 1.25, unexplained: 0.3 })[0].isFaded, false);
    const faded = { ...SIDE_OF_A_WHOLE, isFaded: true };
    assert.equal(withDetail([faded, SIDE_OF_A_WHOLE], { ...NOTHING, unexplained: 0.9 })[0].isFaded, true);
  });

  it('calls a picture perhaps faded in which lines repeat', () => {
    const fading = [0.2, 0.01].map((repeated) => {
      const [{ isFaded, mayBeFaded }] = told({ unexplained: 0.9, repeated });
      return [isFaded, mayBeFaded];
    });
    assert.deepEqual(fading, [
      [false, true],
      [false, false],
    ]);
  });

  it('calls the one sharper whose fine detail is plainly stronger, and neither for what making smaller does', () => {
    const sharper = [1.4, 1.1, 1, 0.9, 0.7, null].map((lead) => told({ lead }).map((side) => side.isSharper));
    assert.deepEqual(sharper, [
      [true, false],
      [false, false],
      [false, false],
      [false, false],
      [false, true],
      [false, false],
    ]);
  });

  it('calls the one edited that saving the other cannot have made', () => {
    const saved = { excess: 3, share: 0.005, spread: 0.3 };
    for (const edited of [
      { ...saved, excess: 20 },
      { ...saved, share: 0.05 },
      { ...saved, spread: 0.12 },
      { ...saved, spread: 0.5 },
    ]) {
      const sides = told({ excess: { large: saved, small: edited } });
      assert.deepEqual(
        sides.map(({ isEdited, isSaved, isSource }) => [isEdited, isSaved, isSource]),
        [
          [false, true, false],
          [true, false, edited.spread === 0.12],
        ],
      );
    }
    for (const unsure of [{ spread: 0.01 }, { spread: null }, { share: 0.02 }]) {
      const [{ isEdited, isSaved }] = told({ excess: { large: { ...saved, ...unsure }, small: null } });
      assert.deepEqual([isEdited, isSaved], [false, false]);
    }
  });
});
