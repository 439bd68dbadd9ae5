import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PairEvidence } from '../../src/copies/compare-views.ts';
import {
  type CopyVerdict,
  HIGHEST_SCORE,
  judgePair,
  scoredPair,
  verdictAt,
} from '../../src/copies/judge-pair.ts';

type Bands = PairEvidence['bands'];

/** Bands of 100 tiles, the finest first. @param faded how much stronger the first picture's middle detail is */
function bandsOf(correlations: readonly [number, number, number], faded = 1): Bands {
  const [fine, middle, coarse] = correlations.map((correlation) => ({ tiles: 100, correlation, ratio: 1 }));
  return [fine, { ...middle, ratio: faded }, coarse] as Bands;
}

const EVIDENCE: PairEvidence = {
  keypoints: { a: 200, b: 200 },
  ...{ matches: 60, inliers: 50, map: null, overlap: { a: 1, b: 1 } },
  ...{
    tellingTiles: 100,
    agreeingTiles: 95,
    hiddenTiles: 0,
    contraryTiles: 0,
    bands: bandsOf([0.7, 0.9, 0.98]),
    shift: 0.2,
  },
  chroma: { a: 0.2, b: 0.2 },
};
const scoreOf = (other: Partial<PairEvidence>) => judgePair({ ...EVIDENCE, ...other }).score;

describe('judgePair', () => {
  it('comes to the highest score where all of the evidence is at its best', () => {
    const best = { matches: 100, inliers: 100, tellingTiles: 200, agreeingTiles: 200, shift: 0 };
    const score = scoreOf({ ...best, bands: bandsOf([1, 1, 1]) });
    assert.ok(Math.abs(score - HIGHEST_SCORE) < 0.01, `${score}`);
  });

  it('lets each part of the evidence speak for what it means', () => {
    const score = scoreOf({});
    for (const worse of [
      { inliers: 20 },
      { matches: 200 },
      { agreeingTiles: 40 },
      { bands: bandsOf([0.7, 0.3, 0.98]) },
      { bands: bandsOf([0.7, 0.9, 0.5]) },
      { shift: 2 },
      { shift: null },
    ]) {
      assert.ok(scoreOf(worse) < score, JSON.stringify(worse));
    }
    assert.equal(judgePair(EVIDENCE).verdict, 'copy');
    assert.equal(judgePair({ ...EVIDENCE, shift: 1.4 }).verdict, 'unsure');
    assert.equal(judgePair({ ...EVIDENCE, contraryTiles: 1 }).verdict, 'copy');
    assert.equal(judgePair({ ...EVIDENCE, contraryTiles: 2 }).verdict, 'unsure');
  });

  it('moves with the line of scores what the score alone has decided', () => {
    const weaker = { ...EVIDENCE, bands: bandsOf([0.2, 0.4, 0.6]), agreeingTiles: 50 };
    const at = (evidence: PairEvidence, least: number, pages: unknown = null) =>
      verdictAt({ ...judgePair(evidence), evidence, pages }, least);
    assert.deepEqual([at(EVIDENCE, 3), at(EVIDENCE, HIGHEST_SCORE)], ['copy', 'unsure']);
    assert.deepEqual([at(weaker, 3), at(weaker, 1)], ['unsure', 'copy']);
    for (const held of [{ shift: 1.4 }, { contraryTiles: 2 }]) {
      assert.equal(at({ ...EVIDENCE, ...held }, 1), 'unsure');
      assert.equal(at({ ...weaker, ...held }, 1), 'unsure');
    }
    assert.equal(
      at(weaker, 1, { tellingTiles: 0, agreeingTiles: 0 }),
      'unsure',
      'a page that nobody can read',
    );
  });

  it('counts a pair by its score and whether it is held back, unless something else has decided', () => {
    const weaker = { ...EVIDENCE, bands: bandsOf([0.2, 0.4, 0.6]), agreeingTiles: 50 };
    const none = { ...EVIDENCE, inliers: 13, agreeingTiles: 2, bands: bandsOf([0, 0, 0.1]) };
    const pages = { tellingTiles: 20, agreeingTiles: 2 };
    const counted = (evidence: PairEvidence, told: { pages?: unknown; verdict?: CopyVerdict } = {}) =>
      scoredPair({ ...judgePair(evidence), evidence, pages: null, ...told })?.isHeldBack ?? null;
    assert.deepEqual(
      [EVIDENCE, weaker, none].map((one) => counted(one)),
      [false, false, false],
    );
    for (const held of [{ shift: 1.4 }, { contraryTiles: 2 }]) {
      assert.deepEqual(
        [EVIDENCE, weaker, none].map((one) => counted({ ...one, ...held })),
        [true, true, false],
        'what nobody takes for a copy is not held back',
      );
    }
    assert.equal(counted(EVIDENCE, { verdict: 'unsure', pages }), null, 'read as a page');
    assert.equal(counted({ ...EVIDENCE, keypoints: { a: 0, b: 0 } }), null, 'plain');
    assert.equal(
      scoredPair({ ...judgePair(weaker), evidence: weaker, pages: null })?.score,
      judgePair(weaker).score,
    );
  });

  it('does not ask a blurred picture for the detail that it has lost, and is less sure for it', () => {
    const lost = [0, 0.1, 0.9] as const;
    for (const faded of [8, 1 / 8]) {
      const blurred = scoreOf({ bands: bandsOf(lost, faded) });
      assert.ok(blurred > scoreOf({ bands: bandsOf(lost) }), 'another shot has the detail, and it differs');
      assert.ok(blurred < scoreOf({ bands: bandsOf([0, 0.9, 0.9]) }));
    }
  });

  it('says copy, unsure, alike, different and plain by its bounds', () => {
    const weak = { tellingTiles: 80, agreeingTiles: 8, bands: bandsOf([0, 0.05, 0.1]), shift: 3 };
    assert.equal(judgePair({ ...EVIDENCE, ...weak, matches: 40, inliers: 14 }).verdict, 'alike');
    assert.equal(judgePair({ ...EVIDENCE, ...weak, matches: 40, inliers: 4 }).verdict, 'different');
    const halfway = {
      matches: 60,
      inliers: 24,
      agreeingTiles: 55,
      bands: bandsOf([0.1, 0.4, 0.75]),
      shift: 2.3,
    };
    assert.equal(judgePair({ ...EVIDENCE, ...halfway }).verdict, 'unsure');
    assert.equal(judgePair({ ...EVIDENCE, keypoints: { a: 3, b: 0 } }).verdict, 'plain');
  });
});
