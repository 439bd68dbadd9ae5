import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDecisionLine, toDecisionLine } from '../../src/curation/decision-line.ts';
import { mergeDecisions } from '../../src/curation/merge-decisions.ts';
import { standingDecisions } from '../../src/curation/standing-decisions.ts';
import type { DecisionKind, NewDecision } from '../../src/domain/decision.ts';
import { contentHashOf } from '../support/seeded-picture.ts';

/** @param names of pictures; behind a slash that of the image data */
function said(kind: DecisionKind, names: string, minute: number, decidedBy = 'Ann'): NewDecision {
  return {
    ...{ kind, decidedBy, note: null },
    decidedAt: `2026-05-01T10:${String(minute).padStart(2, '0')}:00.000Z`,
    pictures: names.split(' ').map((name) => {
      const [bytes = '', data] = name.split('/');
      return {
        contentHash: contentHashOf(bytes),
        imageDataHash: data === undefined ? null : contentHashOf(data),
      };
    }),
  };
}

describe('decisions that stand', () => {
  it('are the latest of each set, in whatever order they come and pictures are named', () => {
    const first = said('copy', 'a b', 1);
    const second = said('not-copy', 'b a', 2);
    const other = said('keep-both', 'a b c', 0);
    assert.deepEqual(standingDecisions([second, first, other]), [other, second]);
  });

  it('are none of a set of which the last was taken back, and others about its pictures stay', () => {
    const larger = said('keep-both', 'a b c', 1);
    const all = [said('copy', 'a b', 2), larger, said('undecided', 'a b', 3)];
    assert.deepEqual(standingDecisions(all), [larger]);
  });

  it('are of one set also after the metadata of its pictures were rewritten', () => {
    const second = said('keep-both', 'a2/x b/y', 2);
    assert.deepEqual(standingDecisions([said('not-copy', 'a/x b/y', 1), second]), [second]);
    // Also where an older program knew the bytes alone.
    assert.deepEqual(standingDecisions([said('not-copy', 'a b', 1), said('copy', 'a/x b/y', 2)]).length, 1);
  });

  it('of the same moment have the same order in every library', () => {
    const [one, other] = [said('copy', 'a b', 1, 'Ann'), said('not-copy', 'a b', 1, 'Bob')];
    assert.deepEqual(standingDecisions([one, other]), standingDecisions([other, one]));
  });
});

describe('merging decisions', () => {
  it('adds what is new, once, and nothing when it is merged again', () => {
    const [known, a, b] = [said('copy', 'a b', 1), said('keep-both', 'c d', 3), said('copy', 'e f', 2)];
    const merged = mergeDecisions(
      [known],
      [
        [known, a],
        [a, b],
      ],
    );
    assert.deepEqual(merged, { added: [b, a], known: 2, conflicts: [] });
    assert.deepEqual(mergeDecisions([known, a, b], [[known, a, b]]).added, []);
  });

  it('lists different things that were said of one set, and lets the later win', () => {
    const [here, there] = [said('copy', 'a b', 5), said('not-copy', 'b a', 4, 'Bob')];
    assert.deepEqual(mergeDecisions([here], [[there]]).conflicts, [{ about: 'set', won: here, lost: there }]);
    // Also when somebody here had said the same before, and has changed his mind.
    const before = said('not-copy', 'a b', 3);
    assert.deepEqual(mergeDecisions([before, here], [[there]]).conflicts, [
      { about: 'set', won: here, lost: there },
    ]);
    // Merged again it is known, and was told.
    assert.deepEqual(mergeDecisions([here, there], [[there]]).conflicts, []);
    assert.deepEqual(mergeDecisions([here], [[said('copy', 'a b', 6, 'Bob')]]).conflicts, []);
  });

  it('lists two files against each other, and two persons in one', () => {
    const [ann, bob] = [said('copy', 'a b', 1), said('not-copy', 'a b', 2, 'Bob')];
    assert.equal(mergeDecisions([], [[ann], [bob]]).conflicts.length, 1);
    assert.equal(mergeDecisions([], [[ann, bob]]).conflicts.length, 1);
    assert.equal(mergeDecisions([], [[ann, said('not-copy', 'a b', 2)]]).conflicts.length, 0);
  });

  it('lists a pair that one set says to be copies and another not', () => {
    const [here, there] = [said('copy', 'a b c', 1), said('not-copy', 'b c d', 2, 'Bob')];
    assert.deepEqual(mergeDecisions([here], [[there]]).conflicts, [
      { about: 'pair', won: there, lost: here },
    ]);
    assert.deepEqual(mergeDecisions([here], [[said('not-copy', 'c d', 2, 'Bob')]]).conflicts, []);
    assert.deepEqual(mergeDecisions([here], [[said('keep-both', 'b c', 2, 'Bob')]]).conflicts, []);
  });
});

describe('a decision as a line', () => {
  it('comes back as it was, with its time in UTC', () => {
    const decision = { ...said('copy', 'a/x b', 1), note: 'Käse' };
    assert.deepEqual(parseDecisionLine(toDecisionLine(decision)), decision);
    const line = toDecisionLine({ ...decision, decidedAt: '2026-05-01T12:01:00+02:00' });
    assert.deepEqual(parseDecisionLine(line), decision);
  });

  it('is refused with the reason when it is damaged or of another kind', () => {
    const line = JSON.parse(toDecisionLine(said('copy', 'a b', 1)));
    const problemOf = (change: object) => {
      const parsed = parseDecisionLine(JSON.stringify({ ...line, ...change }));
      return 'problem' in parsed ? parsed.problem : 'none';
    };
    assert.match(problemOf({ schema: 'eidetic-decision-2' }), /^schema/);
    assert.match(problemOf({ kind: 'maybe' }), /^kind/);
    assert.match(problemOf({ pictures: line.pictures.slice(1) }), /two or more/);
    assert.match(problemOf({ pictures: [line.pictures[0], line.pictures[0]] }), /once/);
    assert.match(problemOf({ decidedAt: 'yesterday' }), /^decidedAt/);
    assert.match((parseDecisionLine('{"schema"') as { problem: string }).problem, /cut short/);
  });
});
