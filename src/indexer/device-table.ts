import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { deviceIdentity } from './device-identity.ts';
import { readFileSystemUuids, type UuidOf } from './file-system-uuids.ts';
import { majorMinor } from './major-minor.ts';
import { type MountsOfOne, type MountTree, mountTree } from './mount-tree.ts';
import { type Mount, parseMounts } from './parse-mounts.ts';

/**
 * Names devices so that a name outlives a reboot and a replug, which `st_dev` does not. Files of one name and one
 * inode number are one file by several names, or were: where inode numbers do not last (FAT, most of FUSE) or belong
 * to a layer (overlay), only `st_dev` and inode of the moment prove it.
 */
export interface DeviceTable {
  /**
   * The device (file system) that a file lies on: by UUID, else by source, else by mount point, see
   * {@link deviceIdentity}. Fast for a device that was asked about before.
   * @param dev `dev` of the file's stat with `{ bigint: true }`
   * @param path the file's absolute path, as it was looked at
   * @returns one line of text; null when the system does not tell (it is not Linux, /proc is not there, the file is no
   *   longer there or on no mount that is known), which matches anything
   */
  identityOf(dev: bigint, path: string): string | null;
}

/** What a device table asks the system. */
export interface DeviceSystem {
  /** The text of /proc/self/mountinfo. @throws where it cannot be read */
  readMountInfo(): string;
  /** @throws where they cannot be read */
  readUuids(): UuidOf;
  /** Without symbolic links. @throws where it cannot be told */
  realPath(path: string): string;
  /** `st_dev`. @throws where it cannot be told */
  deviceOf(path: string): bigint;
  /** When what is at a path was made, nanoseconds since 1970; 0 when the file system does not say. @throws likewise */
  bornNs(path: string): bigint;
  /** Of a clock that only goes forward. */
  nowMs(): number;
}

const thisSystem: DeviceSystem = {
  readMountInfo: () => readFileSync('/proc/self/mountinfo', 'utf8'),
  readUuids: readFileSystemUuids,
  realPath: (path) => realpathSync.native(path),
  deviceOf: (path) => statSync(path, { bigint: true }).dev,
  bornNs: (path) => statSync(path, { bigint: true }).birthtimeNs,
  nowMs: () => performance.now(),
};

/** Numbers are given anew to what is mounted next, so what is known of them is soon looked at again. */
const KNOWN_FOR_MS = 1000;

/** What the system said when it was last asked, and the names that follow from it. */
interface View {
  readonly readMs: number;
  /** Null where the system does not tell. */
  readonly tree: MountTree | null;
  readonly uuidOf: UuidOf;
  readonly identities: Map<bigint, string>;
}

/** A table that follows what is mounted and unmounted while it is used, at most a second late. */
export function readDeviceTable(system: DeviceSystem = thisSystem): DeviceTable {
  let view = readView(system);
  /** Numbers that no mount has, so that they cause no more reading. */
  const unlisted = new Set<bigint>();

  function identify(dev: bigint, path: string): string | null {
    const number = majorMinor(dev);
    if (view.tree?.mountsOf(number) === null && !unlisted.has(dev)) {
      unlisted.add(dev);
      view = readView(system);
    }
    const mounts = view.tree?.mountsOf(number) ?? null;
    return mounts === null
      ? identityByPath(dev, path, view, system)
      : identityOfMounts(mounts, view, system, null);
  }

  return {
    identityOf(dev, path) {
      if (system.nowMs() - view.readMs >= KNOWN_FOR_MS) {
        view = readView(system);
      }
      const known = view.identities.get(dev);
      if (known !== undefined) {
        return known;
      }
      const identity = identify(dev, path);
      if (identity !== null) {
        view.identities.set(dev, identity);
      }
      return identity;
    },
  };
}

function readView(system: DeviceSystem): View {
  const view = { readMs: system.nowMs(), identities: new Map<bigint, string>() };
  try {
    return { ...view, tree: mountTree(parseMounts(system.readMountInfo())), uuidOf: system.readUuids() };
  } catch {
    // Half of it would give a device another name than it had before; without a name it stays what it was.
    return { ...view, tree: null, uuidOf: () => null };
  }
}

/** For a number that no mount has: a file system that gives its subvolumes or layers numbers of their own. */
function identityByPath(dev: bigint, path: string, view: View, system: DeviceSystem): string | null {
  if (view.tree === null) {
    return null;
  }
  try {
    const real = system.realPath(path);
    const mount = view.tree.mountOf(real);
    const mounts = mount && view.tree.mountsOf(mount.majorMinor);
    if (mount === null || mounts === null || system.deviceOf(real) !== dev || !hasOwnNumbers(mount, system)) {
      return null;
    }
    return identityOfMounts(mounts, view, system, subvolumeOf(real, dev, mount, system));
  } catch {
    // The file is gone meanwhile.
    return null;
  }
}

/** Elsewhere such a file lies on a mount that is not listed (any more), and the one found by path is another. */
function hasOwnNumbers(mount: Mount, system: DeviceSystem): boolean {
  return mount.type === 'overlay' || majorMinor(system.deviceOf(mount.mountPoint)) !== mount.majorMinor;
}

/**
 * The path of a file's subvolume within its btrfs. Each has inode numbers of its own that begin alike, so without it
 * a photo and another one's snapshot would be one file. A subvolume keeps its path whether it is mounted itself, seen
 * inside another or through a bind mount.
 */
function subvolumeOf(path: string, dev: bigint, mount: Mount, system: DeviceSystem): string | null {
  if (mount.type !== 'btrfs') {
    return null;
  }
  let top = path;
  while (top !== mount.mountPoint && system.deviceOf(dirname(top)) === dev) {
    top = dirname(top);
  }
  if (top === mount.mountPoint) {
    return /(?:^|,)subvol=(.*)$/s.exec(mount.options)?.[1] ?? mount.root;
  }
  return join(mount.root, relative(mount.mountPoint, top));
}

function identityOfMounts(
  mounts: MountsOfOne,
  view: View,
  system: DeviceSystem,
  subvolume: string | null,
): string {
  const uuid = mounts.map(view.uuidOf).find((found) => found !== null) ?? null;
  return deviceIdentity(mounts, uuid, uuid === null ? birthOf(mounts, system) : 0n, subvolume);
}

/** Of the file system's own top folder, which only a mount of all of it shows. */
function birthOf(mounts: MountsOfOne, system: DeviceSystem): bigint {
  const whole = mounts.find(({ root }) => root === '/');
  try {
    return whole === undefined ? 0n : system.bornNs(whole.mountPoint);
  } catch {
    return 0n;
  }
}
