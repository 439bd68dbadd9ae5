import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type FileSystems, networkFileSystemOf } from '../../src/engine/network-file-system.ts';
import { mountLines } from '../support/mount-lines.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = { id: 1, parent: 0, number: '8:1', at: '/', type: 'ext4', source: '/dev/sda1' };

function systemWith(at: string, type: string): FileSystems {
  const text = mountLines([ROOT, { id: 2, parent: 1, number: '0:50', at, type, source: 'there' }]);
  return { readMountInfo: () => text, typeNumberOf: () => assert.fail('mountinfo says it') };
}

describe('networkFileSystemOf', () => {
  for (const type of ['nfs', 'nfs4', 'cifs', 'smb3', '9p', 'ceph', 'fuse.sshfs', 'fuse.rclone']) {
    it(`names ${type}, also for what is not there yet`, () => {
      const system = systemWith('/nowhere/share', type);
      assert.equal(networkFileSystemOf('/nowhere/share/a/library', system), type);
      assert.equal(networkFileSystemOf('/nowhere/share', system), type);
      assert.equal(networkFileSystemOf('/nowhere/shared', system), null);
    });
  }

  for (const type of [
    'ext4',
    'xfs',
    'btrfs',
    'zfs',
    'tmpfs',
    'overlay',
    'fuseblk',
    'fuse.mergerfs',
    'virtiofs',
  ]) {
    it(`takes ${type} for a disk of this machine`, () => {
      assert.equal(networkFileSystemOf('/nowhere/share/library', systemWith('/nowhere/share', type)), null);
    });
  }

  it('goes by where a symbolic link leads', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'share'));
    symlinkSync(join(folder, 'share'), join(folder, 'link'));
    assert.equal(
      networkFileSystemOf(join(folder, 'link/library'), systemWith(join(folder, 'share'), 'nfs4')),
      'nfs4',
    );
  });

  it('asks the system for a number where there is no mountinfo', () => {
    const withNumber = (typeNumberOf: () => number): FileSystems => ({
      readMountInfo: () => assert.fail('there is none'),
      typeNumberOf,
    });
    const isLinux = process.platform === 'linux';
    assert.equal(
      networkFileSystemOf(
        '/x',
        withNumber(() => 0x6969),
      ),
      isLinux ? 'nfs' : null,
    );
    assert.equal(
      networkFileSystemOf(
        '/x',
        withNumber(() => 0xef53),
      ),
      null,
    );
    assert.equal(
      networkFileSystemOf(
        '/x',
        withNumber(() => assert.fail('unknown')),
      ),
      null,
    );
  });

  it('finds the temporary folder of this machine on a disk of its own', () => {
    assert.equal(networkFileSystemOf(temporaryFolder()), null);
  });
});
