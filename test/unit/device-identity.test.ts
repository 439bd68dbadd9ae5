import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deviceIdentity } from '../../src/indexer/device-identity.ts';
import type { MountsOfOne } from '../../src/indexer/mount-tree.ts';
import type { Mount } from '../../src/indexer/parse-mounts.ts';

function mountOf(type: string, source: string, mountPoint = '/mnt'): Mount {
  return { id: '1', parentId: '0', majorMinor: '0:1', root: '/', mountPoint, type, source, options: 'rw' };
}

function identityOf(...mounts: MountsOfOne): string {
  return deviceIdentity(mounts, null, 0n, null);
}

describe('deviceIdentity', () => {
  it('goes by the UUID where there is one, whatever the device is called', () => {
    assert.equal(deviceIdentity([mountOf('ext4', '/dev/sda1')], 'c0ffee', 0n, null), 'ext4 uuid=c0ffee');
    assert.equal(
      deviceIdentity([mountOf('btrfs', '/dev/sda1')], 'c0ffee', 0n, '/@home'),
      'btrfs uuid=c0ffee subvolume=/@home',
    );
  });

  const telling = [
    ['ext4', '/dev/sdb1'],
    ['nfs4', 'nas:/photos'],
    ['cifs', '//nas/My Photos'],
    ['fuse.sshfs', 'me@host:'],
    ['zfs', 'tank/photos'],
    ['fuse.mergerfs', '/mnt/a:/mnt/b'],
  ] as const;
  for (const [type, source] of telling) {
    it(`goes by the source where it says which one it is: ${type} ${source}`, () => {
      assert.equal(identityOf(mountOf(type, source)), `${type} ${source}`);
    });
  }

  const anyName = [
    ['tmpfs', 'tmpfs'],
    ['tmpfs', '/not/a:source'],
    ['overlay', 'overlay'],
    ['overlay', 'overlayfs:/overlay'],
    ['fuse', '/dev/fuse'],
    ['9p', 'share'],
    ['zfs', 'tank'],
  ] as const;
  for (const [type, source] of anyName) {
    it(`goes by the mount point where the source is any name: ${type} ${source}`, () => {
      assert.equal(identityOf(mountOf(type, source, '/mnt/a b')), `${type} ${source} at /mnt/a b`);
    });
  }

  it('goes by the first mount point of several, so that a bind mount is the same device', () => {
    const identity = identityOf(mountOf('tmpfs', 'none', '/z'), mountOf('tmpfs', 'none', '/a'));
    assert.equal(identity, 'tmpfs none at /z');
  });

  it('calls a missing source none', () => {
    assert.equal(identityOf(mountOf('tmpfs', '')), 'tmpfs none at /mnt');
  });

  it('names the whole share, in whatever order its folders were mounted', () => {
    const whole = mountOf('nfs4', 'nas:/photos');
    const folder = mountOf('nfs4', 'nas:/photos/2020');
    const other = mountOf('nfs4', 'nas:/photos/2019');
    assert.equal(identityOf(whole, folder), 'nfs4 nas:/photos');
    assert.equal(identityOf(folder, whole), 'nfs4 nas:/photos');
    assert.equal(identityOf(folder, other), identityOf(other, folder));
  });

  it('is one line, and tells a line feed from a backslash and its digits', () => {
    const fed = identityOf(mountOf('tmpfs', 'none', '/a\nb'));
    const written = identityOf(mountOf('tmpfs', 'none', '/a\\012b'));
    assert.equal(fed, 'tmpfs none at /a\\012b');
    assert.notEqual(fed, written);
  });
});
