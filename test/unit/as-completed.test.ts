import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { asCompleted } from '../../src/indexer/as-completed.ts';

/** Gives items, and keeps how far it was read and whether it was closed. */
class Source<Item> {
  read = 0;
  isClosed = false;
  readonly #items: readonly Item[];
  readonly #end: Error | null;

  constructor(items: readonly Item[], end: Error | null = null) {
    this.#items = items;
    this.#end = end;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    try {
      for (const item of this.#items) {
        this.read++;
        yield item;
      }
      if (this.#end !== null) {
        throw this.#end;
      }
    } finally {
      this.isClosed = true;
    }
  }
}

describe('asCompleted', () => {
  it('yields every result once and never has more in flight than asked', async () => {
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
          for await (const result of asCompleted(new Source([...delays.keys()]), work, ahead)) {
            results.push(result);
          }
          assert.deepEqual(
            results.sort((a, b) => a - b),
            [...delays.keys()],
          );
          assert.ok(most <= ahead, `${most} in flight, ${ahead} allowed`);
          assert.equal(most, Math.min(ahead, delays.length));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('yields what is done while an item takes as long as all others', async () => {
    let endSlow = () => {};
    const slow = new Promise<void>((resolve) => {
      endSlow = resolve;
    });
    const results: number[] = [];
    const work = async (i: number) => {
      await (i === 0 ? slow : null);
      return i;
    };
    for await (const result of asCompleted(new Source([0, 1, 2, 3, 4, 5, 6, 7]), work, 2)) {
      results.push(result);
      if (results.length === 7) {
        endSlow();
      }
    }
    assert.deepEqual(results, [1, 2, 3, 4, 5, 6, 7, 0]);
  });

  it('counts results that nobody has taken as in work', async () => {
    const source = new Source([0, 1, 2, 3, 4, 5, 6, 7]);
    for await (const _ of asCompleted(source, async (i) => i, 3)) {
      await wait(1);
      assert.ok(source.read <= 3, `${source.read} items were read while the first result was looked at`);
      break;
    }
  });

  it('surfaces the first error after what was done before it, once, and waits for what was begun', async () => {
    let ended = 0;
    const work = async (i: number) => {
      await wait([0, 5, 20][i] ?? 20);
      ended++;
      if (i >= 1) {
        throw new Error(`failed ${i}`);
      }
      return i;
    };
    const source = new Source([0, 1, 2, 3, 4, 5, 6]);
    const results: number[] = [];
    const consume = async () => {
      for await (const result of asCompleted(source, work, 3)) {
        results.push(result);
      }
    };
    await assert.rejects(consume(), { message: 'failed 1' });
    assert.deepEqual(results, [0]);
    assert.ok(ended >= 3, 'work begun was left running');
    assert.ok(source.isClosed, 'the items were left open');
    assert.ok(source.read < 7, 'items were read that nobody wants');
  });

  it('surfaces an error of the items when what was begun has ended', async () => {
    let ended = 0;
    const work = async (i: number) => {
      await wait(5);
      ended++;
      return i;
    };
    const consume = async () => {
      for await (const _ of asCompleted(new Source([0, 1], new Error('no more')), work, 3)) {
        // The error comes before the first result.
      }
    };
    await assert.rejects(consume(), { message: 'no more' });
    assert.equal(ended, 2);
  });

  it('closes the items when it is left', async () => {
    const source = new Source([0, 1, 2, 3]);
    for await (const _ of asCompleted(source, async (i) => i, 2)) {
      break;
    }
    assert.ok(source.isClosed);
  });
});
