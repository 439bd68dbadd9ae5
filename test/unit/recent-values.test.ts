import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RecentValues } from '../../src/engine/recent-values.ts';

describe('values kept for who asks next', () => {
  /** Values as large as their keys; what was made is noted. */
  function keeping(most: number) {
    const made: number[] = [];
    const recent = new RecentValues<number, number>(most, (value) => value);
    const get = (key: number) =>
      recent.get(key, async () => {
        made.push(key);
        return key;
      });
    return { made, get };
  }

  it('are made once, also for those who ask meanwhile', async () => {
    const { made, get } = keeping(10);
    assert.deepEqual(await Promise.all([get(3), get(3)]), [3, 3]);
    assert.equal(await get(3), 3);
    assert.deepEqual(made, [3]);
  });

  it('go when they do not fit any more, the one first that nobody has asked for the longest', async () => {
    const { made, get } = keeping(10);
    for (const key of [3, 4, 2, 3, 5]) {
      await get(key);
    }
    assert.deepEqual(made, [3, 4, 2, 5]);
    await get(2);
    await get(3);
    assert.deepEqual(made, [3, 4, 2, 5]);
    await get(4); // 5, 2, 3 and 4 are too much again
    await get(5);
    assert.deepEqual(made, [3, 4, 2, 5, 4, 5]);
  });

  it('are not kept when they are too large alone', async () => {
    const { made, get } = keeping(10);
    await get(11);
    await get(11);
    assert.deepEqual(made, [11, 11]);
  });

  it('are made again when that has failed', async () => {
    const recent = new RecentValues<string, number>(10, () => 1);
    await assert.rejects(
      recent.get('a', () => Promise.reject(new Error('away'))),
      /away/,
    );
    assert.equal(await recent.get('a', async () => 7), 7);
  });
});
