import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { cleanSplits } from '../../src/duplicates/clean-splits.ts';
import type { EqualFiles, FileLink, RelatedFiles } from '../../src/duplicates/related-files.ts';
import { reportedPicture } from '../support/reported-picture.ts';

const SPLITS = 3;

/** Of `2/1/0`: that of a file 0 of set 1 in split 2. */
const splitOf = (path: string) => Number(path[0]);

/** Sets of equal files, by the splits that each file lies in, and which sets are copies. */
function relatedFiles(
  sets: readonly number[][],
  copies: ReadonlyArray<readonly [number, number]>,
): RelatedFiles {
  const made = sets.map(
    (splits, set): EqualFiles =>
      splits.map((split, n) => {
        const path = `${split}/${set}/${n}`;
        return { path, picture: reportedPicture(set + 1, [path]) };
      }),
  );
  const links = copies
    .filter(([a, b]) => a !== b && a < sets.length && b < sets.length)
    .map(([a, b]): FileLink => {
      return { a: made[a] as EqualFiles, b: made[b] as EqualFiles, relation: 'copy', certainty: 1 };
    });
  return { sets: made, links, absent: 0 };
}

const inSplits = fc.array(fc.nat(SPLITS - 1), { minLength: 1, maxLength: 4 });
const arbitrary = fc.tuple(
  fc.array(inSplits, { minLength: 1, maxLength: 6 }),
  fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 8 }),
);

describe('clean splits', () => {
  it('have no leak, and nothing goes but for a file that stays in a later split', () => {
    fc.assert(
      fc.property(arbitrary, ([sets, copies]) => {
        const related = relatedFiles(sets, copies);
        const dropped = new Set(cleanSplits(related, SPLITS, splitOf));
        const pairs = [
          ...related.sets.flatMap((set) => set.flatMap((a) => set.map((b) => [a.path, b.path] as const))),
          ...related.links.flatMap(({ a, b }) => a.flatMap((x) => b.map((y) => [x.path, y.path] as const))),
        ].flatMap(([a, b]) => [[a, b] as const, [b, a] as const]);
        const leaks = pairs.filter(([a, b]) => splitOf(a) < splitOf(b));
        for (const [a, b] of leaks) {
          assert.ok(dropped.has(a) || dropped.has(b), `${a} and ${b}`);
        }
        for (const path of dropped) {
          assert.ok(
            leaks.some(([a, b]) => a === path && !dropped.has(b)),
            path,
          );
        }
      }),
    );
  });

  it('leave what may be a copy, and other shots of a scene', () => {
    const { sets, links } = relatedFiles([[0], [1]], [[0, 1]]);
    const unsure = links.map((link): FileLink => ({ ...link, relation: 'unsure' }));
    assert.deepEqual(cleanSplits({ sets, links, absent: 0 }, SPLITS, splitOf), ['0/0/0']);
    assert.deepEqual(cleanSplits({ sets, links: unsure, absent: 0 }, SPLITS, splitOf), []);
  });
});
