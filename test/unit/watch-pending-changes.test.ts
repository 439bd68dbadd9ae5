import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { PendingChanges } from '../../src/watch/pending-changes.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const NOTHING = { files: [], shouldScan: false };

async function pendingAt(t: TestContext) {
  const folder = await makeTemporaryFolder(t);
  const clock = { now: 0 };
  const changes = new PendingChanges(1_000, () => clock.now);
  const file = join(folder, 'a.jpg');
  writeFileSync(file, 'one');
  const takeAt = (now: number) => {
    clock.now = now;
    return changes.takeSettled();
  };
  return { folder, file, changes, takeAt };
}

describe('pending changes', () => {
  it('gives a file out once nothing has happened to it for the settling time, and once only', async (t) => {
    const { file, changes, takeAt } = await pendingAt(t);
    changes.addFile(file);
    assert.deepEqual(await takeAt(0), NOTHING);
    assert.deepEqual(await takeAt(999), NOTHING);
    assert.deepEqual(await takeAt(1_000), { files: [file], shouldScan: false });
    assert.deepEqual(await takeAt(9_000), NOTHING);
  });

  it('waits longer for a file that is told of again, or grows, or is touched without being told of', async (t) => {
    const { file, changes, takeAt } = await pendingAt(t);
    changes.addFile(file);
    await takeAt(500);
    changes.addFile(file);
    assert.deepEqual(await takeAt(1_400), NOTHING);
    appendFileSync(file, 'more');
    assert.deepEqual(await takeAt(1_600), NOTHING);
    assert.deepEqual(await takeAt(2_500), NOTHING);
    utimesSync(file, 1, 1);
    assert.deepEqual(await takeAt(2_700), NOTHING);
    assert.deepEqual(await takeAt(3_600), NOTHING);
    assert.deepEqual(await takeAt(3_700), { files: [file], shouldScan: false });
  });

  it('asks for a scan when a file is gone, or turns out to be a folder', async (t) => {
    const { folder, file, changes, takeAt } = await pendingAt(t);
    changes.addFile(file);
    rmSync(file);
    assert.deepEqual(await takeAt(0), NOTHING);
    assert.deepEqual(await takeAt(1_000), { files: [], shouldScan: true });
    mkdirSync(join(folder, 'b.jpg'));
    changes.addFile(join(folder, 'b.jpg'));
    await takeAt(2_000);
    assert.deepEqual(await takeAt(3_000), { files: [], shouldScan: true });
  });

  it('passes over symbolic links, as a scan does', async (t) => {
    const { folder, file, changes, takeAt } = await pendingAt(t);
    symlinkSync(file, join(folder, 'link.jpg'));
    changes.addFile(join(folder, 'link.jpg'));
    await takeAt(0);
    assert.deepEqual(await takeAt(1_000), NOTHING);
  });

  it('scans once folders are quiet, but does not wait for ever for that', async (t) => {
    const { changes, takeAt } = await pendingAt(t);
    changes.addScan();
    let scannedAt = 0;
    for (let now = 500; scannedAt === 0; now += 500) {
      scannedAt = (await takeAt(now)).shouldScan ? now : 0;
      changes.addScan();
    }
    assert.equal(scannedAt, 15_000);
    assert.deepEqual(await takeAt(15_900), NOTHING);
    assert.deepEqual(await takeAt(16_000), { files: [], shouldScan: true });
    changes.addScanNow();
    assert.deepEqual(await takeAt(16_001), { files: [], shouldScan: true });
  });

  it('asks for a scan instead of keeping more than a thousand files', async (t) => {
    const { folder, changes, takeAt } = await pendingAt(t);
    for (let i = 0; i <= 1_000; i++) {
      changes.addFile(join(folder, `${i}.jpg`));
    }
    assert.deepEqual(await takeAt(0), NOTHING);
    assert.deepEqual(await takeAt(1_000), { files: [], shouldScan: true });
  });
});
