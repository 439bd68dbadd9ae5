import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { comparePlaces } from '../../bench/compare-places.ts';
import type { CopyTruth } from '../../bench/copy-set.ts';
import { mutualNearest } from '../../bench/placing/token-matches.ts';
import { voteForPlace } from '../../bench/placing/vote-for-place.ts';

const WHOLE = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };

/** A copy of 100 x 50 pixels: what an original of 200 x 100 shows from 50, 25 on, at its own size. */
const CROP: CopyTruth = {
  ...{ file: 'copy.jpg', original: 'original.jpg', ground: null, edit: 'crop', seed: 1 },
  ...{ map: [1, 0, 50, 0, 1, 25], visible: [0.25, 0.25, 0.75, 0.75] },
};
const COPY = { width: 100, height: 50 };
const ORIGINAL = { width: 200, height: 100 };

describe('comparePlaces', () => {
  it('finds no fault in the truth', () => {
    const map = { xx: 0.5, xy: 0, x0: 0.25, yx: 0, yy: 0.5, y0: 0.25 };
    const off = comparePlaces(map, CROP, COPY, ORIGINAL);
    assert.equal(off.isTurnRight, true);
    assert.ok(off.iou > 0.999 && off.iouOnCopy > 0.999);
  });

  it('tells a whole from a quarter, a mirror, and nothing', () => {
    assert.ok(Math.abs(comparePlaces(WHOLE, CROP, COPY, ORIGINAL).iou - 0.25) < 1e-9);
    const mirrored = { xx: -0.5, xy: 0, x0: 0.75, yx: 0, yy: 0.5, y0: 0.25 };
    const off = comparePlaces(mirrored, CROP, COPY, ORIGINAL);
    assert.equal(off.isTurnRight, false);
    assert.ok(off.iou > 0.999);
    assert.deepEqual(comparePlaces(null, CROP, COPY, ORIGINAL), { iou: 0, iouOnCopy: 0, isTurnRight: false });
  });

  it('asks where the original lies on a copy that shows more', () => {
    // The original on the left half of the copy.
    const inset: CopyTruth = { ...CROP, map: [4, 0, 0, 0, 2, 0], visible: [0, 0, 1, 1] };
    const off = comparePlaces(WHOLE, inset, COPY, ORIGINAL);
    assert.ok(off.iou > 0.999);
    assert.ok(Math.abs(off.iouOnCopy - 0.5) < 1e-9);
  });
});

describe('mutualNearest', () => {
  it('matches what is nearest to each other, and nothing else', () => {
    const a = Float32Array.of(1, 0, 0.8, 0.6, 0, 1);
    const b = Float32Array.of(0, 1, 1, 0);
    assert.deepEqual(mutualNearest(a, b, 2), [
      { a: 0, b: 1 },
      { a: 2, b: 0 },
    ]);
  });
});

describe('voteForPlace', () => {
  it('finds scale, shift and small turn among twice as many wrong matches', () => {
    const [cos, sin] = [1.5 * Math.cos(0.15), 1.5 * Math.sin(0.15)];
    const right = Array.from({ length: 12 }, (_, i) => {
      const from = { x: (i % 4) * 20, y: Math.floor(i / 4) * 20 };
      return { from, to: { x: cos * from.x - sin * from.y + 7, y: sin * from.x + cos * from.y - 3 } };
    });
    const wrong = Array.from({ length: 24 }, (_, i) => ({
      from: { x: (i * 37) % 80, y: (i * 53) % 60 },
      to: { x: (i * 71) % 120, y: (i * 29) % 90 },
    }));
    const place = voteForPlace([...wrong, ...right], { width: 2, height: 2 });
    assert.ok(place !== null && place.votes >= 12);
    for (const [found, made] of [
      [place.affine.xx, cos],
      [place.affine.yx, sin],
      [place.affine.x0, 7],
      [place.affine.y0, -3],
    ] as const) {
      assert.ok(Math.abs(found - made) < 0.5, `${found} for ${made}`);
    }
  });

  it('finds nothing where no three agree', () => {
    const alone = [{ from: { x: 0, y: 0 }, to: { x: 5, y: 5 } }];
    assert.equal(voteForPlace(alone, { width: 2, height: 2 }), null);
  });
});
