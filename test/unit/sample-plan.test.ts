import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planCopies } from '../../src/sample/plan-copies.ts';
import { planOriginals } from '../../src/sample/plan-originals.ts';
import { tellTruth } from '../../src/sample/sample-truth.ts';

test('every seed plans a whole sample whose paths are all different', () => {
  for (let seed = 0; seed < 200; seed++) {
    const originals = planOriginals(seed);
    const copies = planCopies(seed, originals);
    const paths = [...originals.map(({ path }) => path), ...copies.map(({ copy }) => copy)];
    assert.equal(new Set(paths.map((path) => path.toLowerCase())).size, paths.length);
    assert.ok(originals.length >= 64 && copies.length >= 60);
  }
});

test('no picture is both in a group of same bytes and in one of same pixels', () => {
  for (let seed = 0; seed < 50; seed++) {
    const originals = planOriginals(seed);
    const paths = originals.map(({ path }) => path);
    const { identical, samePixels } = tellTruth(seed, paths, planCopies(seed, originals));
    const grouped = [...identical, ...samePixels].flat();
    assert.equal(new Set(grouped).size, grouped.length);
    assert.ok(identical.some((group) => group.length === 3));
    assert.ok(samePixels.some((group) => group.length === 3));
  }
});

test('an original is never made into the same copy twice', () => {
  const copies = planCopies(1, planOriginals(1)).filter(({ edit }) => edit !== 'same-bytes');
  const made = copies.map(({ original, edit }) => `${original} ${edit}`);
  assert.equal(new Set(made).size, made.length);
});

test('another seed plans other pictures', () => {
  assert.notDeepEqual(planOriginals(1), planOriginals(2));
  assert.deepEqual(planOriginals(7), planOriginals(7));
});
