import type { BigIntStats, Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';

/** What a folder held at one moment. */
export interface FolderListing {
  readonly path: string;
  /** Device and inode of the folder itself. */
  readonly identity: string;
  readonly dev: bigint;
  /** Names as bytes, in no promised order. */
  readonly entries: ReadonlyArray<Dirent<Buffer>>;
}

/**
 * Lists a folder, making sure that it was the same one all the time: a file system that is mounted or goes meanwhile
 * must not pass its list off as the other's.
 * @throws a system error; Error when it was another folder afterwards
 */
export async function listFolder(path: string): Promise<FolderListing> {
  const before = await stat(path, { bigint: true });
  const entries = await readdir(path, { withFileTypes: true, encoding: 'buffer' });
  const after = await stat(path, { bigint: true });
  const identity = identityOf(before);
  if (identityOf(after) !== identity) {
    throw new Error('another folder took its place while it was being listed');
  }
  return { path, identity, dev: before.dev, entries };
}

/** Whether what lies at the path of a listed folder is still the same folder. */
export async function isStillThere({ path, identity }: FolderListing): Promise<boolean> {
  return stat(path, { bigint: true }).then(
    (stats) => identityOf(stats) === identity,
    () => false,
  );
}

/** What tells a file or folder from any other while it is there. */
export function identityOf(stats: BigIntStats): string {
  return `${stats.dev}:${stats.ino}`;
}
