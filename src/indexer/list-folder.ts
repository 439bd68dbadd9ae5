import { isUtf8 } from 'node:buffer';
import type { BigIntStats, Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';

/** What a folder's list says of a name; `unknown` is left to a look at it. */
export type EntryKind = 'file' | 'folder' | 'link' | 'special' | 'unknown';

/** A name in a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly kind: EntryKind;
}

/** A name that is not UTF-8. */
export interface RawEntry {
  readonly name: Buffer;
  readonly kind: EntryKind;
}

/** What a folder held at one moment. */
export interface FolderListing {
  readonly path: string;
  /** Device and inode of the folder itself. */
  readonly identity: string;
  readonly dev: bigint;
  /** In no promised order. */
  readonly entries: readonly FolderEntry[];
  readonly rawEntries: readonly RawEntry[];
}

/**
 * Lists a folder, making sure that it was the same one all the time: a file system that is mounted or goes meanwhile
 * must not pass its list off as the other's.
 * @throws a system error; Error when it was another folder afterwards
 */
export async function listFolder(path: string): Promise<FolderListing> {
  const before = await stat(path, { bigint: true });
  const names = await readNames(path);
  const after = await stat(path, { bigint: true });
  const identity = identityOf(before);
  if (identityOf(after) !== identity) {
    throw new Error('another folder took its place while it was being listed');
  }
  return { path, identity, dev: before.dev, ...names };
}

/** What stands in a text for bytes that are not UTF-8, and may stand in a name too. */
const REPLACEMENT = '\ufffd';

/** As text first: names as bytes take several times the memory, and hardly any folder needs them. */
async function readNames(path: string): Promise<Pick<FolderListing, 'entries' | 'rawEntries'>> {
  const listed = await readdir(path, { withFileTypes: true });
  if (!listed.some(({ name }) => name.includes(REPLACEMENT))) {
    return { entries: listed.map((entry) => ({ name: entry.name, kind: kindOf(entry) })), rawEntries: [] };
  }
  const entries: FolderEntry[] = [];
  const rawEntries: RawEntry[] = [];
  for (const entry of await readdir(path, { withFileTypes: true, encoding: 'buffer' })) {
    const { name } = entry;
    if (isUtf8(name)) {
      entries.push({ name: name.toString('utf8'), kind: kindOf(entry) });
    } else {
      rawEntries.push({ name, kind: kindOf(entry) });
    }
  }
  return { entries, rawEntries };
}

function kindOf(entry: Dirent<Buffer> | Dirent): EntryKind {
  if (entry.isFile()) {
    return 'file';
  }
  if (entry.isDirectory()) {
    return 'folder';
  }
  if (entry.isSymbolicLink()) {
    return 'link';
  }
  const isSpecial = entry.isFIFO() || entry.isSocket() || entry.isCharacterDevice() || entry.isBlockDevice();
  return isSpecial ? 'special' : 'unknown';
}

/** Whether what lies at the path of a listed folder is still the same folder. */
export async function isStillThere({
  path,
  identity,
}: Pick<FolderListing, 'path' | 'identity'>): Promise<boolean> {
  return stat(path, { bigint: true }).then(
    (stats) => identityOf(stats) === identity,
    () => false,
  );
}

/** What tells a file or folder from any other while it is there. */
export function identityOf(stats: Pick<BigIntStats, 'dev' | 'ino'>): string {
  return `${stats.dev}:${stats.ino}`;
}
