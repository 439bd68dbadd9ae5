import { realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import { EideticError } from '../domain/errors.ts';
import type { FileLedger } from '../domain/file-ledger.ts';
import type { FileStamp } from '../domain/picture.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';

export interface OriginalParts {
  readonly files: FileLedger;
  /** The folder in which uploads are kept. */
  readonly uploads: { readonly root: string; owns(path: string): boolean };
}

/**
 * The path of a file that still holds a picture's bytes, of the size and time that were indexed: below an indexed folder or
 * among the uploads when all symbolic links are followed; or, where it was named by itself, the very file that was indexed.
 * @throws EideticError NOT_FOUND when there is none
 */
export async function findOriginal(parts: OriginalParts, picture: CatalogPicture): Promise<string> {
  const folders = [...(await parts.files.roots()).map(({ path }) => path), parts.uploads.root];
  const realFolders = await realOf(folders);
  for (const { path } of picture.files) {
    const real = await realpath(path).catch(() => null);
    const known = (await parts.files.knownFile(path, []))?.indexed?.stamp;
    if (real !== null && known !== undefined && (await isUnchanged(real, known, parts.uploads.owns(path)))) {
      const isNamedItself = !isBelow(path, folders);
      if (isBelow(real, realFolders) || (isNamedItself && (await isSameFile(real, known)))) {
        return real;
      }
    }
  }
  throw new EideticError(
    'NOT_FOUND',
    `No file of picture ${picture.id} is as it was indexed: all have changed, are gone or lie outside of the indexed folders. Index them again.`,
  );
}

/** Nobody but a server writes uploads, under the hash of their bytes; a restored backup may have other times. */
async function isUnchanged(real: string, known: FileStamp, isUpload: boolean): Promise<boolean> {
  const stats = await stat(real).catch(() => null);
  const isOfTime = isUpload || stats?.mtimeMs === known.modifiedMs;
  return stats?.isFile() === true && stats.size === known.sizeBytes && isOfTime;
}

/** Where a file system makes inodes up as it goes, no link may stand on the way. */
async function isSameFile(real: string, { path, inode }: FileStamp): Promise<boolean> {
  if (inode === null) {
    return real === path;
  }
  const stats = await stat(real, { bigint: true }).catch(() => null);
  return stats !== null && String(stats.ino) === inode;
}

function isBelow(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path === folder || path.startsWith(folder === sep ? sep : folder + sep));
}

async function realOf(folders: readonly string[]): Promise<string[]> {
  const real = await Promise.all(folders.map((folder) => realpath(folder).catch(() => null)));
  return real.filter((folder) => folder !== null);
}
