import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { EideticError } from '../../domain/errors.ts';
import { closeDatabase } from '../close-database.ts';
import { APPLICATION_ID } from '../schema.ts';
import { translateSqliteError } from '../sqlite-errors.ts';
import { stateOf } from './inspect-catalog.ts';
import { makeTables } from './make-tables.ts';

/** How long to wait for another process that makes the same, milliseconds. */
const TIMEOUT_MS = 10_000;

/**
 * Makes an empty catalog, unless something else lies there by now.
 * @throws EideticError READ_ONLY, also where the system makes no files; STORAGE_FULL; NOT_FOUND when the folder is not
 *   there; CATALOG_BUSY
 */
export function createCatalog(file: string): void {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { timeout: TIMEOUT_MS });
    database.pragma('synchronous = FULL');
    // Exclusive: of two processes that open a new library at once, the second waits and finds nothing left to do.
    database.transaction(makeIfEmpty).exclusive(database);
  } catch (error) {
    const translated = translateSqliteError(error, file);
    throw isMissing(translated) && existsSync(dirname(file)) ? notMade(file, error) : translated;
  } finally {
    if (database !== undefined) {
      closeDatabase(database, { mayTidy: true });
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof EideticError && error.code === 'NOT_FOUND';
}

/** A folder that takes no files, such as those of the system. */
function notMade(file: string, cause: unknown): EideticError {
  return new EideticError(
    'READ_ONLY',
    `No catalog can be made in ${dirname(file)} (${(cause as Error).message}); name a folder on a disk that can be written to with --library.`,
    { cause },
  );
}

function makeIfEmpty(database: Database.Database): void {
  if (stateOf(database).kind === 'none') {
    makeTables(database);
    database.pragma(`application_id = ${APPLICATION_ID}`);
  }
}
