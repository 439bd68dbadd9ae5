import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { type KeptQuery, QueryCache } from '../../src/api/queries/query-cache.ts';

const HOUR = 3_600_000;

/** A picture of so many bytes; what it was described as is nobody's business here. */
function query(bytes: number): KeptQuery {
  return {
    bytes: new Uint8Array(bytes),
    described: { facts: {}, descriptors: {} } as KeptQuery['described'],
  };
}

describe('pictures that are kept to be searched for', () => {
  it('go when there are too many, those that were not used for longest first', () => {
    const cache = new QueryCache(350_000, HOUR);
    for (const hash of ['a', 'b', 'c']) {
      cache.keep(hash, query(100_000));
    }
    assert.ok(cache.find('a'));
    cache.keep('d', query(100_000));
    assert.deepEqual(
      ['a', 'b', 'c', 'd'].map((hash) => cache.find(hash) !== null),
      [true, false, true, true],
    );
  });

  it('count once, however often they come', () => {
    const cache = new QueryCache(250_000, HOUR);
    cache.keep('a', query(100_000));
    for (let i = 0; i < 5; i++) {
      cache.keep('b', query(100_000));
    }
    assert.ok(cache.find('a'));
  });

  it('stay until the next when they alone are too large', () => {
    const cache = new QueryCache(1_000, HOUR);
    cache.keep('a', query(5_000));
    assert.ok(cache.find('a'));
    cache.keep('b', query(10));
    assert.equal(cache.find('a'), null);
  });

  it('are forgotten after their time, which using them prolongs', (t) => {
    mock.timers.enable({ apis: ['Date'], now: 1_000 });
    t.after(() => mock.timers.reset());
    const cache = new QueryCache(1_000_000, HOUR);
    assert.equal(cache.keep('a', query(10)), 1_000 + HOUR);
    mock.timers.tick(HOUR - 1);
    assert.ok(cache.find('a'));
    mock.timers.tick(HOUR - 1);
    assert.ok(cache.find('a'));
    mock.timers.tick(HOUR);
    assert.equal(cache.find('a'), null);
  });
});
