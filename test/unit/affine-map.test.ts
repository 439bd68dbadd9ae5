import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AffineMap, followedBy, inverseOf, mapPoint } from '../../bench/affine-map.ts';

const QUARTER_TURN: AffineMap = [0, -1, 100, 1, 0, 0];
const HALF_AND_MOVED: AffineMap = [0.5, 0, 10, 0, 0.5, -20];

test('a map takes a point across and down', () => {
  assert.deepEqual(mapPoint([2, 3, 5, 7, 11, 13], 1, 10), [37, 130]);
});

test('one map after another is the second of what the first gives', () => {
  assert.deepEqual(mapPoint(followedBy(QUARTER_TURN, HALF_AND_MOVED), 30, 40), [40, -5]);
  assert.deepEqual(mapPoint(followedBy(HALF_AND_MOVED, QUARTER_TURN), 30, 40), [100, 25]);
});

test('the inverse of a map brings a point back', () => {
  assert.deepEqual(mapPoint(inverseOf(QUARTER_TURN), 60, 30), [30, 40]);
  assert.deepEqual(mapPoint(inverseOf(HALF_AND_MOVED), 25, 0), [30, 40]);
});

test('a map onto a line has no inverse', () => {
  assert.throws(() => inverseOf([1, 2, 0, 2, 4, 0]), /expected one that can be undone/);
});
