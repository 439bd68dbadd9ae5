import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { majorMinor } from './major-minor.ts';
import type { Mount } from './parse-mounts.ts';

/** The UUID of a mount's file system, as udev writes it; null when it has none or the system does not tell. */
export type UuidOf = (mount: Pick<Mount, 'majorMinor' | 'source'>) => string | null;

/**
 * Reads which UUIDs the file systems on this machine's devices have.
 * @param byUuidFolder links named for UUIDs that lead to devices
 * @param btrfsFolder a folder for each mounted btrfs, named for its UUID, that names all its devices: of those,
 *   `byUuidFolder` knows only one
 * @throws what the system says when a folder is there and cannot be read
 */
export function readFileSystemUuids(
  byUuidFolder = '/dev/disk/by-uuid',
  btrfsFolder = '/sys/fs/btrfs',
): UuidOf {
  const uuids = new Map<string, string>();
  for (const uuid of namesIn(btrfsFolder)) {
    for (const device of namesIn(join(btrfsFolder, uuid, 'devices'))) {
      // Where a device's name has a slash, /sys shows an exclamation mark.
      uuids.set(`/dev/${device.replaceAll('!', '/')}`, uuid);
    }
  }
  for (const uuid of namesIn(byUuidFolder)) {
    const device = realPathOf(join(byUuidFolder, uuid));
    const stats = statSync(device, { bigint: true, throwIfNoEntry: false });
    if (stats?.isBlockDevice()) {
      uuids.set(majorMinor(stats.rdev), uuid).set(device, uuid);
    }
  }
  return (mount) => uuids.get(mount.majorMinor) ?? uuids.get(deviceBehind(mount.source)) ?? null;
}

/** Only a device's name is followed: another source may be a path on a server that no longer answers. */
function deviceBehind(source: string): string {
  return source.startsWith('/dev/') ? realPathOf(source) : source;
}

/** A container shows the names of devices that it does not have. */
function realPathOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

/** No names where there is no such folder, as in a container or without udev, or where nobody may look. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'].includes(String((error as NodeJS.ErrnoException).code))) {
      return [];
    }
    throw error;
  }
}
