import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { groupWork } from '../../src/uploads/group-work.ts';

describe('group work', () => {
  it('does what comes meanwhile in one group, and gives each its own result', async () => {
    const groups: number[][] = [];
    const double = groupWork(async (items: readonly number[]) => {
      groups.push([...items]);
      await new Promise((resolve) => setTimeout(resolve, 2));
      return items.map((n) => 2 * n);
    }, 3);
    assert.deepEqual(await Promise.all([1, 2, 3, 4, 5].map(double)), [2, 4, 6, 8, 10]);
    assert.deepEqual(groups, [[1], [2, 3, 4], [5]]);
    assert.equal(await double(6), 12);
  });

  it('fails a group as a whole and goes on with the next', async () => {
    let calls = 0;
    const work = groupWork(async (items: readonly number[]) => {
      if (++calls === 2) {
        throw new Error('locked');
      }
      return items;
    }, 2);
    const results = await Promise.allSettled([1, 2, 3, 4].map(work));
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
    );
  });
});
