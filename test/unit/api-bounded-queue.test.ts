import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { boundedQueue } from '../../src/api/bounded-queue.ts';

const NEVER = new AbortController().signal;

function gate(): { open: () => void; closed: Promise<void> } {
  let open = () => {};
  const closed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, closed };
}

describe('bounded queue', () => {
  it('runs only so many at once, the others in their order', async () => {
    const queue = boundedQueue('work', 2, 10);
    const order: number[] = [];
    let running = 0;
    const work = (n: number) => async () => {
      assert.ok(++running <= 2);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running--;
      order.push(n);
      return n;
    };
    const results = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => queue.run(work(n), NEVER)));
    assert.deepEqual(results, [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(order, [1, 2, 3, 4, 5, 6]);
    assert.deepEqual([queue.running, queue.waiting], [0, 0]);
  });

  it('refuses at once when too many wait, and takes more when there is room again', async () => {
    const queue = boundedQueue('work', 1, 1);
    const { open, closed } = gate();
    const both = Promise.all([queue.run(() => closed, NEVER), queue.run(() => closed, NEVER)]);
    await assert.rejects(
      queue.run(async () => {}, NEVER),
      { code: 'OVERLOADED' },
    );
    open();
    await both;
    assert.equal(await queue.run(async () => 7, NEVER), 7);
  });

  it('lets go of one that waits when its signal aborts, and never runs it', async () => {
    const queue = boundedQueue('work', 1, 5);
    const { open, closed } = gate();
    const first = queue.run(() => closed, NEVER);
    const leaving = new AbortController();
    const second = queue.run(() => assert.fail('it ran'), leaving.signal);
    const third = queue.run(async () => 3, NEVER);
    leaving.abort(new Error('gone'));
    await assert.rejects(second, /gone/);
    assert.equal(queue.waiting, 1);
    open();
    await first;
    assert.equal(await third, 3);
    assert.equal(queue.running, 0);
  });

  it('passes its turn on when the work fails', async () => {
    const queue = boundedQueue('work', 1, 5);
    const failing = queue.run(() => Promise.reject(new Error('no')), NEVER);
    const next = queue.run(async () => 1, NEVER);
    await assert.rejects(failing, /no/);
    assert.equal(await next, 1);
  });
});
