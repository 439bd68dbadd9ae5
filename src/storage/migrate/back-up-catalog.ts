import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import Database from 'better-sqlite3';
import { EideticError } from '../../domain/errors.ts';
import { type ContentNote, noteContent } from './content-note.ts';

/**
 * Finds the backup that an interrupted migration left of just this content. One of another content is somebody's too,
 * so it is left alone and the next name looked at.
 * @returns the file name of a backup, and whether it is there already, verified
 */
export function findBackup(library: string, note: ContentNote): { name: string; isThere: boolean } {
  for (let n = 1; ; n++) {
    const name = `catalog-version-${note.version}${n === 1 ? '' : `-${n}`}.backup.sqlite`;
    const file = join(library, name);
    if (!existsSync(file)) {
      return { name, isThere: false };
    }
    if (problemOfBackup(file, note) === null) {
      return { name, isThere: true };
    }
  }
}

/**
 * Copies a catalog into a file beside it, which has its name only once it is verified and safe from a power cut.
 * @param database open, in no transaction, and kept from changing
 * @throws SqliteError and system errors when it cannot be written; EideticError CATALOG_DAMAGED when the copy is not
 *   what it should be. Either way nothing is left of it
 */
export function backUpCatalog(database: Database.Database, name: string, note: ContentNote): void {
  const library = dirname(database.name);
  const unverified = join(library, `${name}.unverified`);
  rmSync(unverified, { force: true });
  try {
    database.prepare('VACUUM INTO ?').run(unverified);
    syncToDisk(unverified);
    const problem = problemOfBackup(unverified, note);
    if (problem !== null) {
      throw new EideticError(
        'CATALOG_DAMAGED',
        `The backup of the catalog ${database.name} does not hold what the catalog does (${problem}), so it was not migrated; check the disk. Nothing was changed.`,
      );
    }
  } catch (error) {
    rmSync(unverified, { force: true });
    throw error;
  }
  renameSync(unverified, join(library, name));
  syncToDisk(library);
}

/** What keeps a file from being a backup of this content; null when nothing does. */
function problemOfBackup(file: string, note: ContentNote): string | null {
  let backup: Database.Database | undefined;
  try {
    backup = new Database(file, { readonly: true, fileMustExist: true });
    const [first] = backup.pragma('integrity_check(1)') as Array<{ integrity_check: string }>;
    if (first?.integrity_check !== 'ok') {
      return String(first?.integrity_check);
    }
    return isDeepStrictEqual(noteContent(backup), note) ? null : 'other rows';
  } catch (error) {
    return (error as Error).message;
  } finally {
    backup?.close();
  }
}

function syncToDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
