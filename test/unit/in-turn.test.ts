import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { inTurn } from '../../src/domain/in-turn.ts';
import { collect } from '../support/collect.ts';

async function* numbers(count: number) {
  for (let n = 0; n < count; n++) {
    yield n;
  }
}

describe('work in turn', () => {
  it('gives results in the order of the items, however long each takes, and does no more at once than it may', async () => {
    let [busy, most] = [0, 0];
    const work = async (n: number) => {
      most = Math.max(most, ++busy);
      await setTimeout(n % 3 === 0 ? 8 : 1);
      busy--;
      return n;
    };
    assert.deepEqual(await collect(inTurn(numbers(10), work, 3)), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert.equal(most, 3);
  });

  it('waits for what was begun when one fails, whose error comes in its turn', async () => {
    const ended: number[] = [];
    const work = async (n: number) => {
      await setTimeout(n === 1 ? 1 : 10);
      ended.push(n);
      if (n === 1) {
        throw new Error('one');
      }
      return n;
    };
    const results: number[] = [];
    await assert.rejects(async () => {
      for await (const result of inTurn(numbers(9), work, 3)) {
        results.push(result);
      }
    }, /one/);
    assert.deepEqual(results, [0]);
    assert.deepEqual(ended.sort(), [0, 1, 2, 3]);
  });
});
