import { accessSync, constants, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { translateDiskError } from '../domain/disk-error.ts';
import { EideticError } from '../domain/errors.ts';
import { makeFolders } from '../domain/make-folders.ts';

/** Where a library's catalog lies, or would lie. */
export interface CatalogPlace {
  readonly file: string;
  readonly isThere: boolean;
}

/**
 * Looks for the catalog of a library, and tells what stands in the way from what is not there.
 * @param library absolute
 * @throws EideticError INVALID_INPUT when the path leads to something else than a folder; READ_ONLY when this user may
 *   not look into it; CATALOG_DAMAGED when the catalog is no file; CATALOG_BUSY when the disk does not answer
 */
export function findCatalog(library: string): CatalogPlace {
  const file = join(library, 'catalog.sqlite');
  const folder = statsOf(library, library);
  if (folder !== null && !folder.isDirectory()) {
    throw new EideticError(
      'INVALID_INPUT',
      `The library ${library} is no folder but ${kindOf(folder)}; name a folder with --library.`,
    );
  }
  const catalog = folder === null ? null : statsOf(file, library);
  if (catalog !== null) {
    requireReadable(file, catalog, library);
  }
  return { file, isThere: catalog !== null };
}

/**
 * Makes the folder of a new library, and those above it.
 * @throws EideticError INVALID_INPUT when no folder can be there; READ_ONLY, STORAGE_FULL
 */
export function makeLibraryFolder(library: string): void {
  try {
    makeFolders(library);
  } catch (error) {
    const translated = translateDiskError(error, `The library folder ${library} cannot be made`);
    const isNamed = translated instanceof EideticError;
    throw isNamed ? translated : notPossible(library, error as Error);
  }
}

function statsOf(path: string, library: string): Stats | null {
  try {
    return statSync(path);
  } catch (error) {
    const cause = error as NodeJS.ErrnoException;
    switch (cause.code) {
      case 'ENOENT':
        return null;
      case 'EACCES':
      case 'EPERM':
        throw mayNotLook(library, cause);
      case 'EIO':
      case 'ESTALE':
      case 'ENOTCONN':
      case 'ETIMEDOUT':
        throw translateDiskError(cause, `The library ${library} cannot be reached`);
      default:
        throw notPossible(library, cause);
    }
  }
}

function requireReadable(file: string, stats: Stats, library: string): void {
  if (!stats.isFile()) {
    throw new EideticError(
      'CATALOG_DAMAGED',
      `The catalog ${file} is no file but ${kindOf(stats)}; move that away and restore the catalog from a backup, or name another --library.`,
    );
  }
  try {
    accessSync(file, constants.R_OK);
  } catch (error) {
    throw mayNotLook(library, error as Error);
  }
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) {
    return 'a folder';
  }
  return stats.isFile() ? 'a file' : 'a device, pipe or socket';
}

function mayNotLook(library: string, cause: Error): EideticError {
  return new EideticError(
    'READ_ONLY',
    `The library ${library} may not be read by this user (${cause.message}); give the permission, use the program as the user whose library it is, or name another --library.`,
    { cause },
  );
}

function notPossible(library: string, cause: Error): EideticError {
  return new EideticError(
    'INVALID_INPUT',
    `There can be no library in ${library} (${cause.message}); name a folder on a disk with --library.`,
    { cause },
  );
}
