import Database from 'better-sqlite3';
import { closeDatabase } from '../close-database.ts';
import { APPLICATION_ID } from '../schema.ts';
import { translateSqliteError } from '../sqlite-errors.ts';
import { stateOf } from './inspect-catalog.ts';
import { makeTables } from './make-tables.ts';

/** How long to wait for another process that makes the same, milliseconds. */
const TIMEOUT_MS = 10_000;

/**
 * Makes an empty catalog, unless something else lies there by now.
 * @throws EideticError READ_ONLY, STORAGE_FULL, NOT_FOUND when the folder is not there, CATALOG_BUSY
 */
export function createCatalog(file: string): void {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { timeout: TIMEOUT_MS });
    database.pragma('synchronous = FULL');
    // Exclusive: of two processes that open a new library at once, the second waits and finds nothing left to do.
    database.transaction(makeIfEmpty).exclusive(database);
  } catch (error) {
    throw translateSqliteError(error, file);
  } finally {
    if (database !== undefined) {
      closeDatabase(database, { mayTidy: true });
    }
  }
}

function makeIfEmpty(database: Database.Database): void {
  if (stateOf(database).kind === 'none') {
    makeTables(database);
    database.pragma(`application_id = ${APPLICATION_ID}`);
  }
}
