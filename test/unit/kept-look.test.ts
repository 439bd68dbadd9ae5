import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COPY_RULE_VERSION } from '../../src/copies/judge-pair.ts';
import type { Relation } from '../../src/domain/relation.ts';
import { keptLook } from '../../src/engine/kept-look.ts';

const EVIDENCE = {
  ...{ keypoints: { a: 200, b: 180 }, matches: 90, inliers: 80, overlap: { a: 1, b: 0.5 } },
  map: { xx: 0.5, xy: 0, x0: 0.25, yx: 0, yy: 1, y0: 0 },
  ...{
    tellingTiles: 100,
    agreeingTiles: 95,
    hiddenTiles: 0,
    contraryTiles: 0,
    shift: 0.2,
    chroma: { a: 0.1, b: 0 },
  },
  bands: [{ tiles: 100, correlation: 0.9, ratio: 1 }],
};
const KEPT: Relation = {
  ...{ a: 1, b: 2, kind: 'copy', ruleVersion: COPY_RULE_VERSION, space: null },
  evidence: { rule: 'laid over', score: 4.5, ...EVIDENCE, pages: null },
};

/** As a catalog gives it back. */
function keptWith(change: Record<string, unknown>, rest: Partial<Relation> = {}): Relation {
  return { ...KEPT, ...rest, evidence: JSON.parse(JSON.stringify({ ...KEPT.evidence, ...change })) };
}

describe('a look that was kept', () => {
  it('tells what was told then', () => {
    const told = { verdict: 'copy', score: 4.5, evidence: EVIDENCE, pages: null };
    assert.deepEqual(keptLook(keptWith({})), told);
    assert.equal(keptLook(keptWith({}, { kind: 'similar' }))?.verdict, 'alike');
    assert.equal(keptLook(keptWith({ map: null, bands: [], shift: null }))?.evidence.map, null);
    const pages = { tellingTiles: 9, agreeingTiles: 8 };
    assert.deepEqual(keptLook(keptWith({ pages }))?.pages, pages);
  });

  it('was one of a copy, or of what may be one, where the time said that it is another shot', () => {
    assert.equal(keptLook(keptWith({}, { kind: 'burst' }))?.verdict, 'copy');
    assert.equal(keptLook(keptWith({ score: 2 }, { kind: 'burst' }))?.verdict, 'unsure');
  });

  it('tells nothing when another rule found it, or another kind of look', () => {
    assert.equal(keptLook(keptWith({}, { ruleVersion: COPY_RULE_VERSION - 1 })), null);
    assert.equal(keptLook(keptWith({ rule: 'same pixels' })), null);
    assert.equal(keptLook(keptWith({}, { kind: 'identical' })), null);
  });

  it('tells nothing when any of it is missing, or no number', () => {
    for (const name of Object.keys(KEPT.evidence)) {
      assert.equal(keptLook(keptWith({ [name]: undefined })), null, name);
      assert.equal(keptLook(keptWith({ [name]: 'much' })), null, name);
    }
    assert.equal(keptLook(keptWith({ score: Number.NaN })), null);
    assert.equal(keptLook(keptWith({ bands: [{ tiles: 1, correlation: 1, ratio: 1 / 0 }] })), null);
    assert.equal(keptLook(keptWith({ keypoints: { a: 1 } })), null);
  });
});
