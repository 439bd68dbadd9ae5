import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { PictureClasses } from '../../src/duplicates/picture-classes.ts';

const IDS = Array.from({ length: 12 }, (_, i) => i + 1);

/** The members of each picture's class, ascending, by hand: all that was joined takes the lowest number among it. */
function membersByHand(sets: readonly (readonly number[])[]): number[][] {
  let numbers = IDS;
  for (const ids of sets) {
    const joined = IDS.filter((id) => ids.includes(id)).map((id) => numbers[id - 1] as number);
    numbers = numbers.map((number) => (joined.includes(number) ? Math.min(...joined) : number));
  }
  return numbers.map((number) => IDS.filter((id) => numbers[id - 1] === number));
}

it('joins what is equal to something equal, whatever the order, and lets the lowest id stand for it', () => {
  const joins = fc.array(fc.array(fc.constantFrom(...IDS), { maxLength: 4 }), { maxLength: 12 });
  fc.assert(
    fc.property(joins, (sets) => {
      const classes = new PictureClasses();
      for (const ids of sets) {
        classes.join(ids);
      }
      const expected = membersByHand(sets);
      for (const [i, members] of expected.entries()) {
        const id = i + 1;
        assert.equal(classes.representativeOf(id), members[0]);
        assert.equal(classes.isRepresentative(id), members[0] === id);
        assert.deepEqual(new Set(classes.membersOf(id)), new Set(members));
        assert.equal(classes.membersOf(id).length, members.length);
      }
      const firsts = expected.filter(({ length }) => length > 1).map(([first]) => first);
      assert.deepEqual(new Set(classes.representatives()), new Set(firsts));
    }),
    { seed: 9, numRuns: 300 },
  );
});
