import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readFileSystemUuids } from '../../src/indexer/file-system-uuids.ts';
import { majorMinor } from '../../src/indexer/major-minor.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const NOWHERE = '/nowhere/at/all';

function findBlockDevice(): string | null {
  const paths = readdirSync('/dev').map((name) => join('/dev', name));
  return paths.find((path) => statSync(path, { throwIfNoEntry: false })?.isBlockDevice()) ?? null;
}

describe('readFileSystemUuids', () => {
  it('finds a UUID by a device’s number and by any of its names', async (t) => {
    const device = findBlockDevice();
    if (device === null) {
      t.skip('this system shows no block device in /dev');
      return;
    }
    const folder = await makeTemporaryFolder(t);
    symlinkSync(device, join(folder, '1234-ABCD'));
    const uuidOf = readFileSystemUuids(folder, NOWHERE);
    const number = majorMinor(statSync(device, { bigint: true }).rdev);
    assert.equal(uuidOf({ majorMinor: number, source: '/dev/root' }), '1234-ABCD');
    assert.equal(uuidOf({ majorMinor: '0:45', source: device }), '1234-ABCD');
    assert.equal(uuidOf({ majorMinor: '0:45', source: `/dev/../dev/${device.slice(5)}` }), '1234-ABCD');
    assert.equal(uuidOf({ majorMinor: '0:45', source: '/dev/another' }), null);
  });

  it('passes over links that lead nowhere and what is no block device', async (t) => {
    const folder = await makeTemporaryFolder(t);
    writeFileSync(join(folder, 'file'), '');
    symlinkSync(NOWHERE, join(folder, 'dangling'));
    symlinkSync('/dev/null', join(folder, 'null'));
    const uuidOf = readFileSystemUuids(folder, NOWHERE);
    assert.equal(uuidOf({ majorMinor: '1:3', source: '/dev/null' }), null);
    assert.equal(uuidOf({ majorMinor: '0:45', source: NOWHERE }), null);
  });

  it('finds the UUID of a btrfs by each of its devices', async (t) => {
    const folder = await makeTemporaryFolder(t);
    mkdirSync(join(folder, 'features'));
    for (const device of ['sda1', 'cciss!c0d0p1']) {
      mkdirSync(join(folder, 'b7c5', 'devices', device), { recursive: true });
    }
    const uuidOf = readFileSystemUuids(NOWHERE, folder);
    assert.equal(uuidOf({ majorMinor: '0:45', source: '/dev/sda1' }), 'b7c5');
    assert.equal(uuidOf({ majorMinor: '0:45', source: '/dev/cciss/c0d0p1' }), 'b7c5');
    assert.equal(uuidOf({ majorMinor: '0:45', source: '/dev/sdb1' }), null);
  });

  it('knows none where the system has no such folders', () => {
    assert.equal(readFileSystemUuids(NOWHERE, NOWHERE)({ majorMinor: '8:1', source: '/dev/sda1' }), null);
  });

  it('says so when a folder is there and cannot be read, instead of knowing none', async (t) => {
    const folder = await makeTemporaryFolder(t);
    const circle = join(folder, 'circle');
    symlinkSync(circle, circle);
    assert.throws(() => readFileSystemUuids(circle, NOWHERE), { code: 'ELOOP' });
  });
});
