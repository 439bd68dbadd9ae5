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
    peaks.map(([size]) => size),
    sizes,
    'first come, first served',
  );
  for (const [size, heldThen] of peaks) {
    assert.ok(heldThen <= 10 || heldThen === size, `${heldThen} bytes held when ${size} came`);
  }
});

it('ByteBudget gives its bytes back when the work fails', async () => {
  const budget = new ByteBudget(10);
  await assert.rejects(
    budget.spend(10, () => Promise.reject(new Error('no'))),
    { message: 'no' },
  );
  assert.equal(await budget.spend(10, async () => 'yes'), 'yes');
});
