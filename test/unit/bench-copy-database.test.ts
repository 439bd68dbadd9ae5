import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CopyFiles, picturesAndCopies, queriesOf, uneditedPictures } from '../../bench/copy-database.ts';
import type { CopyTruth } from '../../bench/copy-set.ts';
import { type CopyQuery, rankCopies } from '../../bench/rank-copies.ts';

function copyOf(original: string, ground: string | null = null, seed = 1): CopyTruth {
  const geometry = { map: [1, 0, 0, 0, 1, 0], visible: [0, 0, 1, 1] } as const;
  return { file: 'copy.jpg', original, ground, edit: 'gray', seed, ...geometry };
}

/** Pictures a to d at 0 to 3, of which b and c are near-duplicates; copies at 4 to 8. */
const FILES: CopyFiles = {
  collection: ['/a', '/b', '/c', '/d'],
  copies: [copyOf('/a'), copyOf('/a', '/b'), copyOf('/c'), copyOf('/d'), copyOf('/a', null, 2)],
  nearDuplicates: new Set(['1 2']),
};

const [OF_A, INSET, OF_C, OF_D, OF_SEED_2] = queriesOf(FILES) as [
  CopyQuery,
  CopyQuery,
  CopyQuery,
  CopyQuery,
  CopyQuery,
];

describe('uneditedPictures', () => {
  const database = uneditedPictures(FILES);

  it('are all that a copy is compared with', () => {
    assert.deepEqual(database.picturesFor(OF_A), [0, 1, 2, 3]);
  });

  it('hold one right answer, and near-duplicates of it aside', () => {
    assert.deepEqual(
      [0, 1, 2, 3].map((at) => database.truthOf(OF_C, at)),
      ['wrong', 'aside', 'copy', 'wrong'],
    );
  });

  it('hold the ground of an inset aside, and its near-duplicates', () => {
    assert.deepEqual(
      [0, 1, 2, 3].map((at) => database.truthOf(INSET, at)),
      ['copy', 'aside', 'aside', 'wrong'],
    );
  });
});

describe('picturesAndCopies', () => {
  const database = picturesAndCopies(FILES);

  it('are those of the seed, without the copy itself', () => {
    assert.deepEqual(database.picturesFor(OF_D), [0, 1, 2, 3, 4, 5, 6]);
    assert.deepEqual(database.picturesFor(OF_SEED_2), [0, 1, 2, 3]);
  });

  it('hold two copies of one picture aside, and of others for wrong', () => {
    assert.equal(database.truthOf(OF_A, INSET.at), 'aside');
    assert.equal(database.truthOf(OF_A, OF_D.at), 'wrong');
    assert.equal(database.truthOf(OF_A, 0), 'copy');
  });

  it('hold a copy aside that shows what an inset lies on, or a near-duplicate', () => {
    assert.equal(database.truthOf(OF_C, INSET.at), 'aside');
  });
});

describe('rankCopies', () => {
  it('keeps the 20 nearest, and the original last of equally near ones', () => {
    const collection = Array.from({ length: 30 }, (_, at) => `/${at}`);
    const files: CopyFiles = { collection, copies: [copyOf('/0')], nearDuplicates: new Set() };
    const rank = (similarity: (other: number) => number) =>
      rankCopies(queriesOf(files), uneditedPictures(files), {
        name: 'made up',
        similarity: (_, other) => similarity(other),
      })[0]?.pairs.map(({ candidate }) => candidate);
    const byNumber = rank((other) => -other);
    assert.deepEqual(
      byNumber,
      Array.from({ length: 20 }, (_, at) => at),
    );
    assert.equal(rank((other) => Math.max(-other, -5))?.[0], 0);
    assert.ok(!rank(() => 1)?.includes(0));
    assert.equal(rank((other) => (other < 20 ? 1 : 0))?.at(-1), 0);
  });
});
