import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { lookOf, toMilliseconds } from '../../src/indexer/file-look.ts';
import { isSameStamp, stampOf } from '../../src/indexer/file-stamp.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NOWHERE = { identityOf: () => null };

/** What Node says of a file in both ways, one right after the other. */
function assertSameTimes(path: string): void {
  const [plain, exact] = [lstatSync(path), lstatSync(path, { bigint: true })];
  const stamp = stampOf(path, lookOf(exact), NOWHERE);
  assert.equal(stamp.modifiedMs, plain.mtimeMs, path);
  assert.equal(stamp.changedMs, plain.ctimeMs, path);
  assert.equal(stamp.sizeBytes, plain.size);
}

describe('the times of a stamp', () => {
  it('are those that Node gives, to the last bit, for every file at hand', () => {
    const paths = ['src', 'test', 'node_modules/typescript', 'node_modules/better-sqlite3'].flatMap(
      (folder) =>
        readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    );
    assert.ok(paths.length > 500, `only ${paths.length} files`);
    for (const path of paths) {
      assertSameTimes(path);
    }
  });

  for (const time of [
    '0',
    '-1',
    '-1.5',
    '-0.000000001',
    '-86400.123456789',
    '-1234567890.987654321',
    '0.1',
    '0.999999999',
    '1.000000001',
    '1700000000.123456789',
    '4102444800.999999999',
  ]) {
    it(`are those that Node gives ${time} seconds after 1970`, (t) => {
      const file = join(temporaryFolder(), 'a');
      writeFileSync(file, '');
      try {
        execFileSync('touch', ['-d', `@${time}`, file], { stdio: 'pipe' });
      } catch (error) {
        t.skip(`no such time can be given to a file here: ${(error as Error).message}`);
        return;
      }
      assertSameTimes(file);
    });
  }

  it('are whole seconds, rounded down, and what is above them', () => {
    assert.equal(toMilliseconds(-1n), -1_000 + 999_999_999 / 1_000_000);
    assert.equal(toMilliseconds(-1_000_000_000n), -1_000);
    assert.equal(toMilliseconds(1_714_550_400_000_500_000n), 1_714_550_400_000.5);
  });
});

describe('a stamp', () => {
  it('has the inode as an unsigned number, also where the system gives it a sign', () => {
    const stats = lstatSync('package.json', { bigint: true });
    const of = (ino: bigint) => stampOf('/a', lookOf(Object.assign(stats, { ino })), NOWHERE).inode;
    assert.equal(of(-1n), '18446744073709551615');
    assert.equal(of(9_007_199_254_740_993n), '9007199254740993');
  });

  it('is the same as another when all that both know is', () => {
    const stamp = { path: '/a', sizeBytes: 1, modifiedMs: 1, changedMs: 1, inode: '1', device: 'disk' };
    assert.ok(isSameStamp(stamp, { ...stamp, changedMs: null, inode: null, device: null }));
    for (const part of [
      { sizeBytes: 2 },
      { modifiedMs: 2 },
      { changedMs: 2 },
      { inode: '2' },
      { device: 'card' },
    ]) {
      assert.ok(!isSameStamp(stamp, { ...stamp, ...part }), JSON.stringify(part));
    }
  });
});

describe('the inode of a stamp', () => {
  const inodeOn = (device: string | null) =>
    stampOf('package.json', lookOf(lstatSync('package.json', { bigint: true })), { identityOf: () => device })
      .inode;

  it('is kept where it lasts, and where nobody knows', () => {
    for (const device of ['ext4 uuid=1', 'nfs4 nas:/photos', 'fuseblk /dev/sdb1', null]) {
      assert.match(inodeOn(device) ?? '', /^\d+$/, `${device}`);
    }
  });

  it('is not kept where it is made up anew: the files of a card would be read again in every run', () => {
    for (const device of ['vfat uuid=12-34', 'exfat /dev/sdb1', 'fuse.sshfs nas:/photos']) {
      assert.equal(inodeOn(device), null, device);
    }
  });
});
