import type { FileStamp } from '../domain/picture.ts';
import type { DeviceTable } from './device-table.ts';
import type { FileLook } from './file-look.ts';

/**
 * File systems that make inode numbers up as they go: the same file has another one after the next mount, and would
 * be read again in every run.
 */
const PASSING_INODES = /^(?:vfat|msdos|exfat|fuse|fuse\.\S*) /;

/** What the system says of a file, as the catalog keeps it. */
export function stampOf(path: string, look: FileLook, devices: DeviceTable): FileStamp {
  const { sizeBytes, modifiedMs, changedMs, inode, dev } = look;
  const device = devices.identityOf(dev, path);
  return { path, sizeBytes, modifiedMs, changedMs, inode: hasLastingInodes(device) ? inode : null, device };
}

/** @param device as a device table names it */
export function hasLastingInodes(device: string | null): boolean {
  return device === null || !PASSING_INODES.test(device);
}

/** Whether two stamps may be of the same bytes. What is not known of one of them matches anything. */
export function isSameStamp(a: FileStamp, b: FileStamp): boolean {
  return (
    a.sizeBytes === b.sizeBytes &&
    a.modifiedMs === b.modifiedMs &&
    isSameWhereKnown(a.changedMs, b.changedMs) &&
    isSameWhereKnown(a.inode, b.inode) &&
    isSameWhereKnown(a.device, b.device)
  );
}

function isSameWhereKnown<Value>(a: Value | null, b: Value | null): boolean {
  return a === null || b === null || a === b;
}
