import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseRate } from '../../src/cli/parse-rate.ts';
import { ByteRate } from '../../src/verify/byte-rate.ts';

describe('a rate of bytes', () => {
  it('holds over all that read', async () => {
    const rate = new ByteRate(100_000);
    const { signal } = new AbortController();
    const began = performance.now();
    const reader = async () => {
      for (let n = 0; n < 5; n++) {
        await rate.spend(2_000, signal);
      }
    };
    await Promise.all([reader(), reader()]);
    assert.ok(performance.now() - began >= 195, '20,000 bytes take 0.2 s');
  });

  it('keeps nobody who wants an end', async () => {
    const stop = new AbortController();
    const waiting = new ByteRate(1).spend(1_000_000, stop.signal);
    stop.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
    await assert.rejects(new ByteRate(1e9).spend(1, stop.signal), { name: 'AbortError' });
  });

  it('is written with its unit', () => {
    assert.deepEqual(['50MB', '1.5 GiB/s', '500kb', '7B'].map(parseRate), [50e6, 1.5 * 2 ** 30, 500e3, 7]);
    for (const wrong of ['50', 'MB', '0MB', '-1MB', '0.1B', '1e3MB', '1 TBps']) {
      assert.throws(() => parseRate(wrong), /such as 50MB/, wrong);
    }
  });
});
