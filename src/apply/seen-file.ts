import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, lstat, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describeSystemError, isAbsent } from '../domain/describe-system-error.ts';
import type { ContentHash } from '../domain/picture.ts';
import { hashOpenFile } from '../indexer/hash-open-file.ts';
import { openWithoutTrace } from '../indexer/open-without-trace.ts';
import type { FileMark } from './journal-entry.ts';
import { Refusal } from './refusal.ts';

/** A file that was just read as a whole. */
export interface SeenFile {
  readonly path: string;
  readonly stats: BigIntStats;
  readonly contentHash: ContentHash;
}

/** A link in its place is not followed, a pipe not waited for. */
const AS_IT_IS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

/**
 * Reads and hashes a file; its time of access stays what it was, where this user may see to that.
 * @param path absolute, without symbolic links: one in it, or a folder that has become one, is refused
 * @throws Refusal when it is not there, no regular file, or changes meanwhile
 */
export async function seeFile(path: string): Promise<SeenFile> {
  await refuseLinks(path);
  let handle: FileHandle | undefined;
  try {
    handle = await openWithoutTrace(path, AS_IT_IS);
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile()) {
      throw new Refusal(`${path} is no regular file`);
    }
    const contentHash = await hashOpenFile(handle, Number(stats.size));
    const after = await handle.stat({ bigint: true });
    if (!isUnchanged(stats, after)) {
      throw new Refusal(`${path} changed while it was read`);
    }
    return { path, stats, contentHash };
  } catch (error) {
    if (error instanceof Refusal) {
      throw error;
    }
    throw (error as NodeJS.ErrnoException).code === 'ELOOP'
      ? new Refusal(`${path} is a symbolic link`)
      : new Refusal(`${path} cannot be read: ${describeSystemError(error)}`);
  } finally {
    await handle?.close();
  }
}

/** Whether it is the file that was seen, as it was; a further name, or one fewer, makes no other file of it. */
export async function isStillThere({ path, stats }: SeenFile, linksMayDiffer: boolean): Promise<boolean> {
  const now = await lstatOrNull(path);
  return (
    now?.isFile() === true && isSameFile(stats, now) && (linksMayDiffer || now.ctimeNs === stats.ctimeNs)
  );
}

export async function lstatOrNull(path: string): Promise<BigIntStats | null> {
  try {
    return await lstat(path, { bigint: true });
  } catch (error) {
    if (isAbsent(error)) {
      return null;
    }
    throw error;
  }
}

export function markOf({ dev, ino, size, mtimeNs }: BigIntStats): FileMark {
  return { dev: String(dev), inode: String(ino), sizeBytes: Number(size), modifiedNs: String(mtimeNs) };
}

/** Whether what is at a path now is a file that was marked; the number of its device may be another since a reboot. */
export function isMarked(mark: FileMark, now: BigIntStats | null): boolean {
  return (
    now?.isFile() === true &&
    String(now.ino) === mark.inode &&
    Number(now.size) === mark.sizeBytes &&
    String(now.mtimeNs) === mark.modifiedNs
  );
}

/** @throws Refusal when a folder on the way is, or has become, a link, or is not there */
async function refuseLinks(path: string): Promise<void> {
  const folder = dirname(path);
  let real: string;
  try {
    real = await realpath(folder);
  } catch (error) {
    throw new Refusal(`${path} cannot be read: ${describeSystemError(error)}`);
  }
  if (real !== folder) {
    throw new Refusal(`a link stands in the place of a folder of ${path}, and leads to ${real}`);
  }
}

function isUnchanged(before: BigIntStats, after: BigIntStats): boolean {
  return isSameFile(before, after) && before.ctimeNs === after.ctimeNs;
}

function isSameFile(a: BigIntStats, b: BigIntStats): boolean {
  return a.dev === b.dev && a.ino === b.ino && a.size === b.size && a.mtimeNs === b.mtimeNs;
}
