import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { groupPictures, type PicturePair } from '../../src/duplicates/group-pictures.ts';
import { arbitraryPairs } from '../support/arbitrary-pairs.ts';

describe('groupPictures', () => {
  it('makes groups in which every pair is related, each picture in at most one', () => {
    fc.assert(
      fc.property(arbitraryPairs, (related) => {
        const similarityOf = new Map(related.map(({ a, b, similarity }) => [`${a} ${b}`, similarity]));
        const seen = new Set<number>();
        for (const { members, weakest } of groupPictures(related)) {
          const inside: number[] = [];
          for (const [i, a] of members.entries()) {
            assert.ok(!seen.has(a), `${a} is in two groups`);
            seen.add(a);
            for (const b of members.slice(i + 1)) {
              const similarity = similarityOf.get(`${a} ${b}`);
              assert.ok(similarity !== undefined, `${a} and ${b} are grouped but not related`);
              inside.push(similarity);
            }
          }
          assert.equal(weakest.similarity, Math.min(...inside));
        }
      }),
    );
  });

  it('puts together what is most certain first, however similar others look', () => {
    const pair = (a: number, b: number, similarity: number, certainty: number) => ({
      ...{ a, b, similarity, certainty },
    });
    const [group, ...others] = groupPictures([
      pair(1, 2, 0.95, 0.6),
      pair(2, 3, 0.6, 0.999),
      pair(2, 4, 0.7, 0.999),
      pair(3, 4, 0.9, 0.97),
    ]);
    assert.deepEqual([group?.members, others], [[2, 3, 4], []]);
    assert.equal(group?.weakest.certainty, 0.97);
  });

  it('leaves no two groups that could be one, and no related single pair apart', () => {
    fc.assert(
      fc.property(arbitraryPairs, (related) => {
        const isRelated = (a: number, b: number) =>
          related.some((pair) => pair.a === Math.min(a, b) && pair.b === Math.max(a, b));
        const groups = groupPictures(related).map(({ members }) => members);
        const grouped = new Set(groups.flat());
        const singles = [...new Set(related.flatMap(({ a, b }) => [a, b]))]
          .filter((id) => !grouped.has(id))
          .map((id) => [id]);
        const all = [...groups, ...singles];
        for (const [i, x] of all.entries()) {
          for (const y of all.slice(i + 1)) {
            assert.ok(!x.every((a) => y.every((b) => isRelated(a, b))), `${x} and ${y} could be one group`);
          }
        }
      }),
    );
  });

  it('does not depend on the order of the pairs', () => {
    fc.assert(
      fc.property(arbitraryPairs, (related) => {
        assert.deepEqual(groupPictures([...related].reverse()), groupPictures(related));
      }),
    );
  });

  it('breaks a chain at its weaker link', () => {
    const chain: PicturePair[] = [
      { a: 1, b: 2, similarity: 0.95 },
      { a: 2, b: 3, similarity: 0.97 },
    ];
    assert.deepEqual(
      groupPictures(chain).map(({ members }) => members),
      [[2, 3]],
    );
  });
});
