import type { BigIntStats } from 'node:fs';

/** What the system says of a name. */
export interface FileLook {
  readonly kind: 'file' | 'folder' | 'other';
  readonly sizeBytes: number;
  /** Milliseconds since 1970, with the fraction that the file system gives. */
  readonly modifiedMs: number;
  /** Likewise. */
  readonly changedMs: number;
  /** Decimal digits. */
  readonly inode: string;
  readonly dev: bigint;
}

export function lookOf(stats: BigIntStats): FileLook {
  return {
    kind: stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other',
    sizeBytes: Number(stats.size),
    modifiedMs: toMilliseconds(stats.mtimeNs),
    changedMs: toMilliseconds(stats.ctimeNs),
    inode: BigInt.asUintN(64, stats.ino).toString(),
    dev: stats.dev,
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
