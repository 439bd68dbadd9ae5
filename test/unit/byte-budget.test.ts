import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { ByteBudget } from '../../src/indexer/byte-budget.ts';

it('ByteBudget never lets more than its bytes be held, and runs a larger one alone', async () => {
  const budget = new ByteBudget(10);
  let held = 0;
  const peaks: Array<[size: number, held: number]> = [];
  const sizes = [4, 4, 4, 25, 1, 1, 9, 10, 3];
  await Promise.all(
    sizes.map((size) =>
      budget.spend(size, async () => {
        held += size;
        peaks.push([size, held]);
        await wait(2);
        held -= size;
      }),
    ),
  );
  assert.deepEqual(
    peaks.map(([size]) => size).sort((a, b) => a - b),
    [...sizes].sort((a, b) => a - b),
  );
  for (const [size, heldThen] of peaks) {
    assert.ok(heldThen <= 10 || heldThen === size, `${heldThen} bytes held when ${size} came`);
  }
});

it('ByteBudget lets small ones pass a large one that waits for a slow one, each kind in its order', async () => {
  const budget = new ByteBudget(10);
  const order: string[] = [];
  const spend = (size: number, name: string, work = async () => {}) =>
    budget.spend(size, async () => {
      await work();
      order.push(name);
    });
  let endSlow = () => {};
  const slow = spend(
    1,
    'slow',
    () =>
      new Promise((resolve) => {
        endSlow = resolve;
      }),
  );
  const large = [spend(10, 'large'), spend(11, 'larger')];
  await Promise.all([spend(4, 'first'), spend(5, 'second'), spend(9, 'third')]);
  endSlow();
  await Promise.all([slow, ...large]);
  assert.deepEqual(order, ['first', 'second', 'third', 'slow', 'large', 'larger']);
});

it('ByteBudget gives its bytes back when the work fails', async () => {
  const budget = new ByteBudget(10);
  await assert.rejects(
    budget.spend(10, () => Promise.reject(new Error('no'))),
    { message: 'no' },
  );
  assert.equal(await budget.spend(10, async () => 'yes'), 'yes');
});
