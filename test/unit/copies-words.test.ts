import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PairEvidence } from '../../src/copies/compare-views.ts';
import { describeCopy } from '../../src/copies/describe-copy.ts';
import type { CopyVerdict } from '../../src/copies/judge-pair.ts';
import { nameRegion } from '../../src/copies/name-region.ts';

const SAME = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };
const BAND = { tiles: 40, correlation: 0.95, ratio: 1 };

/** Of a whole copy without a difference. */
const EVIDENCE: PairEvidence = {
  keypoints: { a: 200, b: 200 },
  matches: 100,
  inliers: 90,
  map: SAME,
  overlap: { a: 1, b: 1 },
  tellingTiles: 100,
  agreeingTiles: 99,
  hiddenTiles: 0,
  contraryTiles: 0,
  bands: [BAND, BAND, BAND],
  shift: 0.1,
  chroma: { a: 0.2, b: 0.2 },
};

const LARGE = { width: 4000, height: 3000 };

interface Said {
  readonly verdict?: CopyVerdict;
  readonly evidence?: Partial<PairEvidence>;
  readonly a?: { readonly width: number; readonly height: number };
  readonly b?: { readonly width: number; readonly height: number };
  readonly words: string;
}

/** A map onto a crop of A: B shows the given part of it. */
const cropped = (x: number, y: number, width: number, height: number) => ({
  map: { xx: 1 / width, xy: 0, x0: -x / width, yx: 0, yy: 1 / height, y0: -y / height },
  overlap: { a: width * height, b: 1 },
});

const CASES: Readonly<Record<string, Said>> = {
  'nothing that can be seen': { words: 'B shows all of A, in the same place and size.' },
  'a smaller copy': {
    b: { width: 2400, height: 1800 },
    words: 'B is all of A, at 60 % of its size.',
  },
  'a larger copy': {
    a: { width: 400, height: 300 },
    b: { width: 1000, height: 750 },
    words: 'B is all of A, enlarged to 250 % of its size.',
  },
  'a stretched copy': {
    b: { width: 4000, height: 1500 },
    words: 'B is all of A, at 100 % of its width and 50 % of its height.',
  },
  'half a picture, mirrored, smaller, without color, written over': {
    evidence: {
      map: { xx: -2, xy: 0, x0: 2, yx: 0, yy: 1, y0: 0 },
      overlap: { a: 0.496, b: 1 },
      chroma: { a: 0.2, b: 0.001 },
      agreeingTiles: 80,
    },
    b: { width: 1200, height: 1800 },
    words:
      'B is the right half of A (50 % of it), mirrored, at 60 % of its size, without color. Something differs in 20 % of what can be compared.',
  },
  'a crop, named first': {
    evidence: {
      map: { xx: 0.5, xy: 0, x0: 0.25, yx: 0, yy: 0.5, y0: 0.25 },
      overlap: { a: 1, b: 0.25 },
    },
    a: { width: 2000, height: 1500 },
    b: LARGE,
    words: 'A is the middle of B (25 % of it).',
  },
  'a picture inside another, smaller': {
    evidence: {
      map: { xx: 0.3, xy: 0, x0: 0.65, yx: 0, yy: 0.3, y0: 0.6 },
      overlap: { a: 0.99, b: 0.09 },
    },
    words: 'A is a part of B, near its bottom right (9 % of it), enlarged to 333 % of its size.',
  },
  'a quarter turn': {
    evidence: { map: { xx: 0, xy: -1, x0: 1, yx: 1, yy: 0, y0: 0 } },
    b: { width: 3000, height: 4000 },
    words: 'B is all of A, turned by 90 degrees to the right.',
  },
  'half a turn': {
    evidence: { map: { xx: -1, xy: 0, x0: 1, yx: 0, yy: -1, y0: 1 } },
    words: 'B is all of A, turned by 180 degrees.',
  },
  'a mirror from top to bottom': {
    evidence: { map: { xx: 1, xy: 0, x0: 0, yx: 0, yy: -1, y0: 1 } },
    words: 'B is all of A, mirrored top to bottom.',
  },
  'a crop that goes beyond the picture': {
    evidence: { ...cropped(0, 0, 0.8, 1), overlap: { a: 0.8, b: 0.9 } },
    b: { width: 3200, height: 3000 },
    words: '90 % of B is the left part of A (80 % of it).',
  },
  'a picture turned at an angle, with a border': {
    evidence: {
      map: { xx: 0.75, xy: -0.2, x0: 0.225, yx: 0.2, yy: 0.75, y0: 0.025 },
      overlap: { a: 1, b: 0.6 },
    },
    a: { width: 621, height: 621 },
    b: { width: 800, height: 800 },
    words: 'A is the middle of B (60 % of it), turned by 15 degrees to the left.',
  },
  'a few words on it': {
    evidence: { agreeingTiles: 95 },
    words: 'B shows all of A, in the same place and size. Something differs in 5 % of what can be compared.',
  },
  'a dot on it, where nothing else was changed': {
    evidence: {
      ...{ tellingTiles: 246, agreeingTiles: 244 },
      bands: [BAND, { ...BAND, correlation: 0.99 }, BAND],
    },
    words: 'B shows all of A, in the same place and size. Something differs in 1 % of what can be compared.',
  },
  'as little, where it may be compression': {
    evidence: { tellingTiles: 246, agreeingTiles: 244 },
    words: 'B shows all of A, in the same place and size.',
  },
  'a gray box over a third of it': {
    evidence: { tellingTiles: 100, agreeingTiles: 100, hiddenTiles: 50 },
    words: 'B shows all of A, in the same place and size. Something differs in 33 % of what can be compared.',
  },
  'as much that is flat, in what is blurred all over': {
    evidence: { agreeingTiles: 100, hiddenTiles: 50, bands: [BAND, { ...BAND, ratio: 4 }, BAND] },
    words:
      'B shows all of A, in the same place and size. B is blurred, or was enlarged from a smaller picture.',
  },
  'as much, where compression has spoiled the fine detail': {
    evidence: { agreeingTiles: 95, bands: [BAND, { ...BAND, correlation: 0.8 }, BAND] },
    words: 'B shows all of A, in the same place and size.',
  },
  'paler and stronger colors': {
    evidence: { chroma: { a: 0.3, b: 0.1 } },
    words: 'B is all of A, paler.',
  },
  'color where there was none': {
    evidence: { chroma: { a: 0, b: 0.1 } },
    words: 'B is all of A, with color, which A has not.',
  },
  'colors of a crop, which are its own': {
    evidence: { ...cropped(0.2, 0.2, 0.6, 0.6), chroma: { a: 0.3, b: 0.1 } },
    b: { width: 2400, height: 1800 },
    words: 'B is the middle of A (36 % of it).',
  },
  'a blurred copy': {
    evidence: { bands: [BAND, { ...BAND, ratio: 4 }, BAND] },
    words:
      'B shows all of A, in the same place and size. B is blurred, or was enlarged from a smaller picture.',
  },
  'a blurred first one': {
    evidence: { bands: [BAND, { ...BAND, ratio: 0.2 }, BAND] },
    words:
      'B shows all of A, in the same place and size. A is blurred, or was enlarged from a smaller picture.',
  },
  'a thumbnail, which is small and not blurred': {
    evidence: { bands: [BAND, { ...BAND, ratio: 4 }, BAND] },
    b: { width: 64, height: 48 },
    words: 'B is all of A, at 2 % of its size.',
  },
  'what may be a copy': {
    verdict: 'unsure',
    words:
      'They may be a copy; another shot of the same scene, or a part of another picture, cannot be ruled out. If it is a copy, B shows all of A, in the same place and size.',
  },
  'what may be a copy, and has moved': {
    verdict: 'unsure',
    evidence: { shift: 2.4 },
    words:
      'They may be a copy; but things in them lie a little off their places, as in another shot of the same scene. If it is a copy, B shows all of A, in the same place and size.',
  },
  'what may be a copy, and has no detail': {
    verdict: 'unsure',
    evidence: { bands: [BAND, { ...BAND, tiles: 2 }, BAND] },
    b: { width: 400, height: 300 },
    words:
      'They may be a copy; the fine detail that would tell one from another shot of the same scene is missing in at least one of them. If it is a copy, B is all of A, at 10 % of its size.',
  },
  'what may be a copy, and is tiny': {
    verdict: 'unsure',
    b: { width: 64, height: 48 },
    words:
      'They may be a copy; B is too small, 64 x 48 pixels, to tell one from another shot of the same scene. If it is a copy, B is all of A, at 2 % of its size.',
  },
  'two blank pictures': {
    verdict: 'plain',
    evidence: { keypoints: { a: 0, b: 1 }, map: null, overlap: { a: 0, b: 0 }, bands: [], tellingTiles: 0 },
    words: 'Both are so plain that there is nothing to compare.',
  },
  'another shot': {
    verdict: 'alike',
    words: 'Things in both fit together, but not the whole: another shot, or another thing of the kind.',
  },
  'another picture': {
    verdict: 'different',
    evidence: { map: null, overlap: { a: 0, b: 0 }, bands: [] },
    words: 'Nothing in them was found to fit together.',
  },
};

describe('what was found of a pair, in words', () => {
  for (const [name, { verdict = 'copy', evidence, a = LARGE, b = a, words }] of Object.entries(CASES)) {
    it(name, () => {
      assert.equal(describeCopy(verdict, { ...EVIDENCE, ...evidence }, a, b).join(' '), words);
    });
  }
});

it('says where a region lies', () => {
  const said = (x: number, y: number, width: number, height: number) =>
    nameRegion({ x, y, width, height }, 'A');
  for (const [found, expected] of [
    [said(0, 0.01, 0.98, 0.97), 'nearly all of A'],
    [said(0, 0, 0.33, 1), 'the left third of A'],
    [said(0.75, 0, 0.25, 1), 'the right quarter of A'],
    [said(0, 0.3, 1, 0.7), 'the bottom part of A'],
    [said(0, 0.3, 1, 0.4), 'a strip across the middle of A'],
    [said(0.1, 0, 0.2, 1), 'a strip down A, near its left'],
    [said(0, 0, 0.5, 0.5), 'the top left quarter of A'],
    [said(0.8, 0.7, 0.2, 0.3), 'the bottom right corner of A'],
    [said(0, 0.2, 0.9, 0.8), 'the bottom left part of A'],
    [said(0.2, 0.25, 0.6, 0.5), 'the middle of A'],
    [said(0.3, 0.1, 0.4, 0.2), 'a part of A, near its top'],
    [said(0, 0.3, 0.4, 0.4), 'a part of A, near its left'],
  ] as const) {
    assert.equal(found, expected);
  }
});
