import type { BigIntStats } from 'node:fs';
import type { FileStamp } from '../domain/picture.ts';
import type { DeviceTable } from './device-table.ts';

/**
 * File systems that make inode numbers up as they go: the same file has another one after the next mount, and would
 * be read again in every run.
 */
const PASSING_INODES = /^(?:vfat|msdos|exfat|fuse|fuse\.\S*) /;

/** What the system says of a file, as the catalog keeps it. */
export function stampOf(path: string, stats: BigIntStats, devices: DeviceTable): FileStamp {
  const device = devices.identityOf(stats.dev, path);
  const hasLastingInode = device === null || !PASSING_INODES.test(device);
  return {
    path,
    sizeBytes: Number(stats.size),
    modifiedMs: toMilliseconds(stats.mtimeNs),
    changedMs: toMilliseconds(stats.ctimeNs),
    inode: hasLastingInode ? BigInt.asUintN(64, stats.ino).toString() : null,
    device,
  };
}

const NS_PER_S = 1_000_000_000n;

/**
 * Nanoseconds as the milliseconds that Node gives for the same moment, to the last bit: catalogs have such times, and
 * one that differed in it would make a file look changed.
 */
export function toMilliseconds(ns: bigint): number {
  // As the system counts: whole seconds, rounded down, and nanoseconds above them.
  const fraction = ((ns % NS_PER_S) + NS_PER_S) % NS_PER_S;
  return Number((ns - fraction) / NS_PER_S) * 1_000 + Number(fraction) / 1_000_000;
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
