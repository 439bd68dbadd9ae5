import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isToBeKept } from '../../src/curation/is-to-be-kept.ts';
import { reportDecisions } from '../../src/curation/report-decisions.ts';
import type { DecidedPicture, DecisionKind, NewDecision } from '../../src/domain/decision.ts';

const picture = (name: string): DecidedPicture => ({ contentHash: name, imageDataHash: `data of ${name}` });
const [a, b, c] = [picture('a'), picture('b'), picture('c')];

function said(kind: DecisionKind, ...pictures: readonly DecidedPicture[]): NewDecision {
  return { kind, pictures, decidedBy: 'Ann', decidedAt: '2026-01-01T00:00:00.000Z', note: null };
}

/** @param standing the earlier first */
const isKept = (standing: readonly NewDecision[], dropped: DecidedPicture, kept: DecidedPicture) =>
  isToBeKept(reportDecisions(standing, []), dropped, kept);

describe('what somebody decided to keep', () => {
  it('stays beside the other, and beside a picture that has come since', () => {
    assert.equal(isKept([said('keep-both', a, b)], a, b), true);
    assert.equal(isKept([said('keep-both', a, b)], b, c), true);
    assert.equal(isKept([said('keep-both', a, b)], c, a), false);
  });

  it('is no copy of the other alone', () => {
    assert.equal(isKept([said('not-copy', a, b)], a, b), true);
    assert.equal(isKept([said('not-copy', a, b)], a, c), false);
  });

  it('may go for one that it was said to be a copy of later', () => {
    assert.equal(isKept([said('keep-both', a, b, c), said('copy', a, b)], a, b), false);
    assert.equal(isKept([said('copy', a, b), said('keep-both', a, b, c)], a, b), true);
  });

  it('is one file of a picture, unless it was said of the picture alone', () => {
    assert.equal(isKept([said('keep-both', a, b)], a, a), false);
    assert.equal(isKept([said('not-copy', a, b)], a, a), false);
    assert.equal(isKept([said('keep-both', a)], a, a), true);
  });

  it('is known by its image data when its bytes have changed', () => {
    const edited = { contentHash: 'edited a', imageDataHash: a.imageDataHash };
    assert.equal(isKept([said('keep-both', a, b)], edited, b), true);
  });
});
