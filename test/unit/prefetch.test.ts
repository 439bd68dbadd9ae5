import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { prefetch } from '../../src/indexer/prefetch.ts';

describe('prefetch', () => {
  it('keeps the order and never has more in flight than asked', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3), { maxLength: 20 }),
        fc.integer({ min: 1, max: 5 }),
        async (delays, ahead) => {
          let inFlight = 0;
          let most = 0;
          const work = async (i: number) => {
            most = Math.max(most, ++inFlight);
            await wait(delays[i]);
            inFlight--;
            return i;
          };
          const results: number[] = [];
          for await (const result of prefetch(delays.keys(), work, ahead)) {
            results.push(result);
          }
          assert.deepEqual(results, [...delays.keys()]);
          assert.ok(most <= ahead, `${most} in flight, ${ahead} allowed`);
          assert.equal(most, Math.min(ahead, delays.length));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('surfaces the first error in its place, once, and waits for what was begun', async () => {
    let ended = 0;
    const work = async (i: number) => {
      await wait(i === 1 ? 1 : 5);
      ended++;
      if (i >= 1) {
        throw new Error(`failed ${i}`);
      }
      return i;
    };
    const results: number[] = [];
    const consume = async () => {
      for await (const result of prefetch([0, 1, 2, 3], work, 3)) {
        results.push(result);
      }
    };
    await assert.rejects(consume(), { message: 'failed 1' });
    assert.deepEqual(results, [0]);
    assert.ok(ended >= 3, 'work begun was left running');
  });
});
