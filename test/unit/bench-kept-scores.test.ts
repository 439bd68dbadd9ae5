import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { KeptScores } from '../../bench/kept-scores.ts';

describe('KeptScores', () => {
  it('finds each score once, also when it is opened again', async (t) => {
    const file = join(folderOf(t), 'scores.tsv');
    const find = t.mock.fn(async () => 0.1 + 0.2);
    const first = new KeptScores(file);
    assert.equal(await first.scoreOf('a', 'b', find), 0.1 + 0.2);
    assert.equal(await first.scoreOf('a', 'b', find), 0.1 + 0.2);
    assert.equal(await new KeptScores(file).scoreOf('a', 'b', find), 0.1 + 0.2);
    assert.equal(find.mock.callCount(), 1);
  });

  it('finds again what was cut off while it was written, and keeps what comes after', async (t) => {
    const file = join(folderOf(t), 'scores.tsv');
    await new KeptScores(file).scoreOf('a', 'b', async () => 1);
    appendFileSync(file, 'c\td\t2');
    new KeptScores(file);
    const scores = new KeptScores(file);
    assert.equal(await scores.scoreOf('c', 'd', async () => 2.5), 2.5);
    const again = new KeptScores(file);
    const never = () => Promise.reject(new Error('It is kept.'));
    assert.deepEqual([await again.scoreOf('a', 'b', never), await again.scoreOf('c', 'd', never)], [1, 2.5]);
  });
});

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'eidetic-test-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}
