import { rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { EideticError } from '../domain/errors.ts';

/** How the names of backups end, so that nothing else can be removed as one. */
const BACKUP_ENDING = '.backup.sqlite';

/**
 * See Catalog.removeBackup. The file goes first: a name without a file is forgotten the next time, a file without a
 * name would stay for good.
 */
export function removeBackup(database: Database): string | null {
  const name = database.prepare('SELECT backup FROM library').pluck().get() as string | null;
  if (name === null) {
    return null;
  }
  if (basename(name) !== name || !name.endsWith(BACKUP_ENDING)) {
    throw new EideticError(
      'CATALOG_DAMAGED',
      `Found ${JSON.stringify(name)} as the name of the catalog's backup, expected one that ends in ${BACKUP_ENDING}, without a folder; nothing was removed. Run "eidetic doctor".`,
    );
  }
  const path = join(dirname(database.name), name);
  const isThere = removeFileAt(path);
  database.prepare('UPDATE library SET backup = NULL').run();
  return isThere ? path : null;
}

/** @returns whether there was one */
function removeFileAt(path: string): boolean {
  try {
    rmSync(path);
    return true;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      return false;
    }
    throw new EideticError(
      'READ_ONLY',
      `The backup ${path} cannot be removed: ${message}. Check its permissions, or remove it by hand.`,
      { cause: error },
    );
  }
}
