import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { afterEachQuery } from '../../src/engine/after-each-query.ts';

describe('afterEachQuery', () => {
  it('tells how many are done, and stops when it is told to', async () => {
    const stop = new AbortController();
    const told: unknown[] = [];
    const after = afterEachQuery(3, (progress) => void told.push(progress), stop.signal);
    await after();
    setImmediate(() => stop.abort());
    await assert.rejects(after(), { name: 'AbortError' }); // others had their turn meanwhile
    assert.deepEqual(told, [
      { phase: 'compare', done: 1, total: 3 },
      { phase: 'compare', done: 2, total: 3 },
    ]);
  });
});
