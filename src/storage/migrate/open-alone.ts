import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { EideticError } from '../../domain/errors.ts';
import { isBusy } from '../sqlite-errors.ts';

/** How long to wait for short commands that have the file open, milliseconds. */
const PATIENCE_MS = 3_000;
const POLL_MS = 50;

/**
 * Opens a catalog file of whatever version so that nobody else can even read it until it is closed. Changes go through
 * a rollback journal and are on the disk when they are committed. Foreign keys are not enforced.
 * @throws EideticError CATALOG_BUSY when another process has it open; SqliteError
 */
export async function openAlone(file: string): Promise<Database.Database> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return tryToOpen(file);
    } catch (error) {
      if (!isBusy(error)) {
        throw error;
      }
      if (performance.now() > until) {
        throw inUse(file, error);
      }
    }
    await setTimeout(POLL_MS);
  }
}

function tryToOpen(file: string): Database.Database {
  const database = new Database(file, { fileMustExist: true, timeout: 0 });
  try {
    database.pragma('locking_mode = EXCLUSIVE');
    // An older program has the file in WAL mode while it is open, and this fails as long as one does.
    database.pragma('journal_mode = DELETE');
    database.exec('BEGIN EXCLUSIVE; COMMIT'); // from here on the file stays locked
    database.pragma('synchronous = FULL');
    // Tables are renamed and dropped: what refers to their rows must neither be deleted with them nor forbid it.
    database.pragma('foreign_keys = OFF');
    database.pragma('cache_size = -131072'); // 128 MiB: rows come in the order of their ids, hashes in none
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function inUse(file: string, cause: unknown): EideticError {
  return new EideticError(
    'CATALOG_BUSY',
    `Another Eidetic process, perhaps an older server, has the catalog ${file} open, so it cannot be migrated; stop it and try again. Nothing was changed.`,
    { cause },
  );
}
