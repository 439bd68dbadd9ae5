import type { BigIntStats } from 'node:fs';
import type { FileStamp } from '../domain/picture.ts';
import type { DeviceTable } from './device-table.ts';

/** What the system says of a file, as the catalog keeps it. */
export function stampOf(path: string, stats: BigIntStats, devices: DeviceTable): FileStamp {
  return {
    path,
    sizeBytes: Number(stats.size),
    modifiedMs: toMilliseconds(stats.mtimeNs),
    changedMs: toMilliseconds(stats.ctimeNs),
    inode: BigInt.asUintN(64, stats.ino).toString(),
    device: devices.identityOf(stats.dev, path),
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
