import { realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import { EideticError } from '../domain/errors.ts';
import type { FileLedger } from '../domain/file-ledger.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';

export interface OriginalParts {
  readonly files: FileLedger;
  /** The folder in which uploads are kept. */
  readonly uploads: { readonly root: string; owns(path: string): boolean };
}

/**
 * The path of a file that still holds a picture's bytes: below an indexed folder or among the uploads when all
 * symbolic links are followed, and of the size and time that were indexed.
 * @throws EideticError NOT_FOUND when there is none
 */
export async function findOriginal(parts: OriginalParts, picture: CatalogPicture): Promise<string> {
  const roots = await realRoots(parts);
  for (const { path } of picture.files) {
    const real = await realpath(path).catch(() => null);
    if (real !== null && roots.some((root) => real === root || real.startsWith(root + sep))) {
      const known = (await parts.files.knownFile(path, []))?.indexed?.stamp;
      const stats = await stat(real).catch(() => null);
      // Nobody but a server writes uploads, under the hash of their bytes; a restored backup may have other times.
      const isOfTime = parts.uploads.owns(path) || stats?.mtimeMs === known?.modifiedMs;
      if (stats?.isFile() && stats.size === known?.sizeBytes && isOfTime) {
        return real;
      }
    }
  }
  throw new EideticError(
    'NOT_FOUND',
    `No file of picture ${picture.id} is as it was indexed: all have changed, are gone or lie outside of the indexed folders. Index them again.`,
  );
}

async function realRoots({ files, uploads }: OriginalParts): Promise<string[]> {
  const roots = [...(await files.roots()).map(({ path }) => path), uploads.root];
  const real = await Promise.all(roots.map((root) => realpath(root).catch(() => null)));
  return real.filter((root) => root !== null).map((root) => (root === sep ? '' : root));
}
