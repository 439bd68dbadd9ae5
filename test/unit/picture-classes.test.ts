import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { PictureClasses } from '../../src/duplicates/picture-classes.ts';

const PICTURES = 12;

describe('PictureClasses', () => {
  it('joins what is equal to something equal, whatever the order, and lets the lowest id stand for it', () => {
    const joins = fc.array(fc.array(fc.integer({ min: 1, max: PICTURES }), { maxLength: 4 }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(joins, (sets) => {
        const classes = new PictureClasses();
        // What is equal, by hand: everything takes the lowest number of all that it was joined with.
        const numbers = Array.from({ length: PICTURES + 1 }, (_, id) => id);
        for (const ids of sets) {
          classes.join(ids);
          const joined = new Set(ids.map((id) => numbers[id]));
          const lowest = Math.min(...ids.map((id) => numbers[id] ?? 0));
          for (const [id, number] of numbers.entries()) {
            numbers[id] = joined.has(number) ? lowest : number;
          }
        }
        const first = new Set<number>();
        for (let id = 1; id <= PICTURES; id++) {
          const members = numbers.flatMap((number, other) => (number === numbers[id] ? [other] : []));
          assert.equal(classes.representativeOf(id), members[0]);
          assert.equal(classes.isRepresentative(id), members[0] === id);
          assert.deepEqual(
            [...classes.membersOf(id)].sort((a, b) => a - b),
            members,
          );
          if (members.length > 1) first.add(members[0] ?? 0);
        }
        assert.deepEqual(classes.representatives().sort((a, b) => a - b), [...first]);
      }),
      { seed: 9, numRuns: 300 },
    );
  });
});
