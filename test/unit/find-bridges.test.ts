import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { findBridges } from '../../src/duplicates/find-bridges.ts';
import { groupPictures, type PicturePair } from '../../src/duplicates/group-pictures.ts';
import { arbitraryPairs } from '../support/arbitrary-pairs.ts';

function pair(a: number, b: number, similarity: number): PicturePair {
  return { a, b, similarity };
}

function bridgesOf(related: readonly PicturePair[]) {
  return findBridges(groupPictures(related), related);
}

describe('bridges', () => {
  it('are pairs that would chain two pictures which are not related', () => {
    assert.deepEqual(bridgesOf([pair(1, 2, 0.95), pair(2, 3, 0.97)]), [
      { ...pair(1, 2, 0.95), unlike: { a: 1, b: 3 } },
    ]);
    assert.deepEqual(bridgesOf([pair(1, 2, 0.97), pair(2, 3, 0.95), pair(1, 3, 0.9)]), []);
  });

  it('are told once of two groups, by the strongest pair', () => {
    const groups = [pair(1, 2, 0.99), pair(3, 4, 0.98)];
    const between = [pair(1, 3, 0.92), pair(2, 3, 0.95), pair(1, 4, 0.93)];
    assert.deepEqual(bridgesOf([...groups, ...between]), [{ ...pair(2, 3, 0.95), unlike: { a: 2, b: 4 } }]);
  });

  it('name two that are not related, one of each side, for all that are related and in no group together', () => {
    fc.assert(
      fc.property(arbitraryPairs, (related) => {
        const groups = groupPictures(related).map(({ members }) => members);
        const sideOf = (id: number) => groups.find((members) => members.includes(id)) ?? [id];
        const isRelated = (a: number, b: number) =>
          related.some((one) => one.a === Math.min(a, b) && one.b === Math.max(a, b));
        const bridges = bridgesOf(related);
        for (const { a, b, unlike } of bridges) {
          assert.ok(isRelated(a, b) && !isRelated(unlike.a, unlike.b));
          assert.ok(sideOf(a).includes(unlike.a) && sideOf(b).includes(unlike.b));
        }
        const key = (a: number, b: number) =>
          [sideOf(a), sideOf(b)]
            .map(([id]) => id)
            .sort()
            .join(' ');
        const apart = related.filter(({ a, b }) => sideOf(a)[0] !== sideOf(b)[0]);
        assert.deepEqual(
          bridges.map(({ a, b }) => key(a, b)).sort(),
          [...new Set(apart.map(({ a, b }) => key(a, b)))].sort(),
        );
        assert.deepEqual(bridgesOf([...related].reverse()), bridges);
      }),
    );
  });
});
