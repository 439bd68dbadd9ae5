import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type DeviceSystem, readDeviceTable } from '../../src/indexer/device-table.ts';
import { type MountFields, mountLines } from '../support/mount-lines.ts';

const EXT4 = 'ext4 uuid=aaaa';
const DISK: MountFields = { id: 20, parent: 1, number: '8:1', at: '/', type: 'ext4', source: '/dev/sda1' };
const UUIDS: Record<string, string> = { '8:1': 'aaaa', '/dev/sdb': 'bbbb' };

/** A system whose mounts and files are what a test says. */
class FakeSystem implements DeviceSystem {
  mounts: readonly MountFields[];
  /** `st_dev` by path, where the nearest one around a path counts. */
  devices: Record<string, number>;
  links: Record<string, string> = {};
  elapsedMs = 0;
  reads = 0;
  pathsLookedAt = 0;

  constructor(mounts: readonly MountFields[], devices: Record<string, number> = {}) {
    this.mounts = mounts;
    this.devices = devices;
  }

  readMountInfo(): string {
    this.reads++;
    return mountLines(this.mounts);
  }

  readUuids() {
    return (mount: { readonly majorMinor: string; readonly source: string }) =>
      UUIDS[mount.majorMinor] ?? UUIDS[mount.source] ?? null;
  }

  realPath(path: string): string {
    this.pathsLookedAt++;
    return this.links[path] ?? path;
  }

  deviceOf(path: string): bigint {
    for (let around = path; ; around = around.slice(0, Math.max(around.lastIndexOf('/'), 1))) {
      const dev = this.devices[around];
      if (dev !== undefined) {
        return BigInt(dev);
      }
      if (around === '/') {
        throw new Error(`${path} is not there`);
      }
    }
  }

  bornNs(): bigint {
    return 0n;
  }

  nowMs(): number {
    return this.elapsedMs;
  }

  /** What a table says of each path, asked in this order. */
  identities(...paths: string[]): Array<string | null> {
    const table = readDeviceTable(this);
    return paths.map((path) => table.identityOf(this.deviceOf(path), path));
  }
}

function tmpfs(id: number, at: string, more: Partial<MountFields> = {}): MountFields {
  return { id, parent: 20, number: `0:${id}`, at, type: 'tmpfs', source: 'tmpfs', ...more };
}

/** `st_dev` of 8:1. */
const DISK_DEV = 0x801;

describe('readDeviceTable', () => {
  it('tells disks, shares and folders in memory from each other', () => {
    const system = new FakeSystem(
      [
        DISK,
        tmpfs(40, '/scratch'),
        tmpfs(41, '/other\\040scratch'),
        { id: 42, parent: 20, number: '0:42', at: '/nas', type: 'nfs4', source: 'nas:/photos' },
        { id: 43, parent: 20, number: '0:43', at: '/win', type: 'cifs', source: '//nas/My\\040Photos' },
        { id: 44, parent: 20, number: '0:44', at: '/ssh', type: 'fuse.sshfs', source: 'me@host:/x' },
      ],
      { '/': DISK_DEV, '/scratch': 40, '/other scratch': 41, '/nas': 42, '/win': 43, '/ssh': 44 },
    );
    assert.deepEqual(
      system.identities('/a.jpg', '/scratch/a', '/other scratch/a', '/nas/a', '/win/a', '/ssh/a'),
      [
        EXT4,
        'tmpfs tmpfs at /scratch',
        'tmpfs tmpfs at /other scratch',
        'nfs4 nas:/photos',
        'cifs //nas/My Photos',
        'fuse.sshfs me@host:/x',
      ],
    );
  });

  it('takes bind mounts of one file system for one device', () => {
    const system = new FakeSystem(
      [DISK, tmpfs(40, '/scratch'), tmpfs(41, '/bound', { number: '0:40', root: '/sub' })],
      { '/': DISK_DEV, '/scratch': 40, '/bound': 40 },
    );
    assert.deepEqual(system.identities('/bound/a', '/scratch/sub/a'), [
      'tmpfs tmpfs at /scratch',
      'tmpfs tmpfs at /scratch',
    ]);
  });

  it('does not give two devices one name because one hides the other at its place', () => {
    const hidden = tmpfs(40, '/scratch');
    const bound = tmpfs(41, '/bound', { number: '0:40' });
    const over = tmpfs(42, '/scratch', { parent: 40 });
    const system = new FakeSystem([DISK, hidden, bound, over], { '/bound': 40, '/scratch': 42 });
    assert.deepEqual(system.identities('/bound/a', '/scratch/a'), [
      'tmpfs tmpfs at /bound',
      'tmpfs tmpfs at /scratch',
    ]);
  });

  it('names a device the same when its number is another', () => {
    const before = new FakeSystem([DISK, tmpfs(40, '/scratch')], { '/scratch': 40 });
    const after = new FakeSystem([DISK, tmpfs(77, '/scratch')], { '/scratch': 77 });
    assert.deepEqual(before.identities('/scratch/a'), after.identities('/scratch/a'));
  });

  describe('on btrfs, whose files have numbers that no mount has', () => {
    const btrfs = { number: '0:30', type: 'btrfs', source: '/dev/sdb' };
    const home = { ...btrfs, id: 31, parent: 20, at: '/home', root: '/@home', options: 'rw,subvol=/@home' };
    const devices = { '/': DISK_DEV, '/home': 51, '/home/me/pics': 52 };

    it('names the subvolume that is mounted', () => {
      const system = new FakeSystem([DISK, home], devices);
      assert.deepEqual(system.identities('/home', '/home/me/a', '/a'), [
        'btrfs uuid=bbbb subvolume=/@home',
        'btrfs uuid=bbbb subvolume=/@home',
        EXT4,
      ]);
    });

    it('names a subvolume inside it by the path that it has when it is mounted itself', () => {
      const pics = 'btrfs uuid=bbbb subvolume=/@home/me/pics';
      const inside = new FakeSystem([DISK, home], devices);
      assert.deepEqual(inside.identities('/home/me/pics', '/home/me/pics/2020/a'), [pics, pics]);
      const itself = { ...home, at: '/pics', root: '/@home/me/pics', options: 'rw,subvol=/@home/me/pics' };
      assert.deepEqual(new FakeSystem([DISK, itself], { '/pics': 52 }).identities('/pics/2020/a'), [pics]);
    });

    it('names the same through a bind mount of a folder', () => {
      const bound = { ...home, id: 32, at: '/bound', root: '/@home/me' };
      const system = new FakeSystem([DISK, home, bound], { ...devices, '/bound': 51, '/bound/pics': 52 });
      assert.deepEqual(system.identities('/bound/a', '/bound/pics/a'), [
        'btrfs uuid=bbbb subvolume=/@home',
        'btrfs uuid=bbbb subvolume=/@home/me/pics',
      ]);
    });

    it('takes what is seen at the mount point for the subvolume where the options do not say', () => {
      const system = new FakeSystem([DISK, { ...home, options: 'rw' }], devices);
      assert.deepEqual(system.identities('/home/a'), ['btrfs uuid=bbbb subvolume=/@home']);
    });

    it('keeps commas and spaces in a subvolume’s name', () => {
      const system = new FakeSystem([DISK, { ...home, options: 'rw,subvolid=5,subvol=/a,b\\040c' }], devices);
      assert.deepEqual(system.identities('/home/a'), ['btrfs uuid=bbbb subvolume=/a,b c']);
    });

    it('follows the symbolic link by which a file was reached', () => {
      const system = new FakeSystem([DISK, home], devices);
      system.links['/link/a'] = '/home/me/a';
      assert.equal(readDeviceTable(system).identityOf(51n, '/link/a'), 'btrfs uuid=bbbb subvolume=/@home');
    });
  });

  it('finds an overlay by path: files of a layer have a number that no mount has', () => {
    const overlay = { id: 30, parent: 20, number: '0:30', at: '/merged', type: 'overlay', source: 'overlay' };
    const system = new FakeSystem([DISK, overlay], { '/': DISK_DEV, '/merged': 30, '/merged/a': 61 });
    assert.deepEqual(system.identities('/merged', '/merged/a'), [
      'overlay overlay at /merged',
      'overlay overlay at /merged',
    ]);
  });

  describe('says null, which matches anything,', () => {
    it('of a file on a mount that is not listed, instead of naming the mount around it', () => {
      const system = new FakeSystem([DISK], { '/': DISK_DEV, '/gone': 40 });
      assert.deepEqual(system.identities('/gone/a', '/a'), [null, EXT4]);
    });

    it('of a path at which another device is now', () => {
      const overlay = { id: 30, parent: 1, number: '0:30', at: '/', type: 'overlay', source: 'overlay' };
      const system = new FakeSystem([overlay], { '/': 30 });
      assert.equal(readDeviceTable(system).identityOf(61n, '/a'), null);
    });

    it('of a file that is gone', () => {
      const system = new FakeSystem([DISK], {});
      assert.equal(readDeviceTable(system).identityOf(61n, '/a'), null);
    });

    it('where the system has no list of mounts, or of UUIDs cannot be asked', () => {
      const fail = () => {
        throw new Error('it cannot be read');
      };
      const system = new FakeSystem([DISK], { '/': DISK_DEV });
      const withoutMounts: DeviceSystem = Object.assign(new FakeSystem([]), { readMountInfo: fail });
      const withoutUuids: DeviceSystem = Object.assign(system, { readUuids: fail });
      assert.equal(readDeviceTable(withoutMounts).identityOf(BigInt(DISK_DEV), '/a'), null);
      assert.equal(readDeviceTable(withoutUuids).identityOf(BigInt(DISK_DEV), '/a'), null);
    });
  });

  it('notices at once what was mounted after it was read', () => {
    const system = new FakeSystem([DISK], { '/': DISK_DEV, '/scratch': 40 });
    const table = readDeviceTable(system);
    system.mounts = [DISK, tmpfs(40, '/scratch')];
    assert.equal(table.identityOf(40n, '/scratch/a'), 'tmpfs tmpfs at /scratch');
  });

  it('notices within a second that a number was given to another device', () => {
    const system = new FakeSystem([DISK, tmpfs(40, '/scratch')], { '/scratch': 40 });
    const table = readDeviceTable(system);
    assert.equal(table.identityOf(40n, '/scratch/a'), 'tmpfs tmpfs at /scratch');
    system.mounts = [DISK, tmpfs(40, '/other')];
    system.elapsedMs = 1000;
    assert.equal(table.identityOf(40n, '/other/a'), 'tmpfs tmpfs at /other');
  });

  it('gives names again once the system tells again', () => {
    const system = new FakeSystem([DISK], { '/': DISK_DEV });
    const readMountInfo = system.readMountInfo.bind(system);
    system.readMountInfo = () => {
      throw new Error('too many open files');
    };
    const table = readDeviceTable(system);
    assert.equal(table.identityOf(BigInt(DISK_DEV), '/a'), null);
    system.readMountInfo = readMountInfo;
    system.elapsedMs = 1000;
    assert.equal(table.identityOf(BigInt(DISK_DEV), '/a'), EXT4);
  });

  it('asks the system once for each second and unknown number, however many files there are', () => {
    const btrfs: MountFields = { ...DISK, number: '0:30', type: 'btrfs', source: '/dev/sdb' };
    const devices = { '/': 50, '/a': 51, '/b': 52, '/c': 53 };
    const system = new FakeSystem([btrfs], devices);
    const seconds = 3;
    const numbers = Object.keys(devices).length;
    const table = readDeviceTable(system);
    for (let second = 0; second < seconds; second++) {
      system.elapsedMs = second * 1000;
      for (let i = 0; i < 1000; i++) {
        for (const [folder, dev] of Object.entries(devices)) {
          table.identityOf(BigInt(dev), `${folder}/${i}`);
        }
      }
    }
    assert.equal(system.reads, seconds + numbers);
    // A reading forgets the names before it, those of the first second included.
    assert.ok(
      system.pathsLookedAt <= (seconds + 1) * numbers,
      `${system.pathsLookedAt} paths were looked at`,
    );
  });
});
