import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatProgress, ProgressLine } from '../../src/cli/progress-line.ts';

function recorder(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, columns: 60, written, write: (text: string) => written.push(text) };
}

describe('progress', () => {
  it('shows rate, time left and failures', () => {
    const line = formatProgress({ label: 'Embedding', done: 1_200, total: 3_000, failed: 2 }, 10_000);
    assert.equal(line, 'Embedding 1,200 of 3,000 (40%), 120/s, 15 s left, 2 failed');
  });

  it('shows a bare count while the total is unknown', () => {
    assert.equal(formatProgress({ label: 'Scanning', done: 7, total: null, failed: 0 }, 100), 'Scanning 7');
  });

  it('rewrites one line on a terminal, cut to its width, and takes it away', () => {
    const output = recorder(true);
    let now = 0;
    const line = new ProgressLine(output, () => now);
    line.update({ label: 'Embedding a rather long label', done: 1, total: 1_000_000, failed: 0 });
    line.update({ label: 'Embedding a rather long label', done: 2, total: 1_000_000, failed: 0 });
    now = 200;
    line.update({ label: 'Embedding a rather long label', done: 3, total: 1_000_000, failed: 100_000 });
    line.say('a failure');
    assert.equal(output.written.length, 4, 'the update in between comes too soon to be shown');
    assert.ok(output.written.every((text) => text.replace('\r\u001b[K', '').length < 60));
    assert.deepEqual(output.written.slice(2), ['\r\u001b[K', 'a failure\n']);
  });

  it('writes plain lines, seldom, where there is no terminal', () => {
    const output = recorder(false);
    let now = 0;
    const line = new ProgressLine(output, () => now);
    for (; now <= 25_000; now += 1_000) {
      line.update({ label: 'Embedding', done: now / 1_000, total: 100, failed: 0 });
    }
    assert.equal(output.written.length, 2);
    assert.match(output.written[0] ?? '', /^Embedding 10 of 100 \(10%\), 1\.0\/s, 1 min 30 s left\n$/);
  });
});
