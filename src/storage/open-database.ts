import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { EideticError } from '../domain/errors.ts';
import { APPLICATION_ID, MIGRATIONS } from './schema.ts';
import { translateSqliteError } from './sqlite-errors.ts';

/** How long a statement waits for another process's transaction, milliseconds. */
const BUSY_TIMEOUT_MS = 10_000;

/**
 * Opens a catalog file, creating or migrating it.
 *
 * `synchronous = FULL`: a batch is about a second of embedding, so its one fsync costs nothing that shows, and a
 * committed batch then survives a power cut and not only a killed process.
 * @throws EideticError CATALOG_TOO_NEW, CATALOG_DAMAGED, CATALOG_BUSY
 */
export function openDatabase(file: string): Database.Database {
  let database: Database.Database | undefined;
  try {
    const isNew = !existsSync(file);
    database = new Database(file, { timeout: BUSY_TIMEOUT_MS });
    if (!isNew) {
      refuseForeignFile(database, file);
    }
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('cache_size = -32768'); // 32 MiB
    migrate(database);
    return database;
  } catch (error) {
    database?.close();
    throw translateSqliteError(error, file);
  }
}

function refuseForeignFile(database: Database.Database, file: string): void {
  const version = database.pragma('user_version', { simple: true }) as number;
  const application = database.pragma('application_id', { simple: true }) as number;
  // A file killed between its creation and its first migration is empty: version 0, no application id, no tables.
  const isEmpty = version === 0 && database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
  if (application !== APPLICATION_ID && !isEmpty) {
    throw new EideticError(
      'CATALOG_DAMAGED',
      `${file} is an SQLite file of another program; name another --library.`,
    );
  }
  if (version > MIGRATIONS.length) {
    throw new EideticError(
      'CATALOG_TOO_NEW',
      `Found a catalog of version ${version} when this Eidetic reads up to ${MIGRATIONS.length}; update Eidetic to open ${file}.`,
    );
  }
}

function migrate(database: Database.Database): void {
  // Immediate: of two processes that open a new library at once, the second waits and finds nothing left to do.
  database
    .transaction(() => {
      const version = database.pragma('user_version', { simple: true }) as number;
      for (const migration of MIGRATIONS.slice(version)) {
        database.exec(migration);
      }
      if (version < MIGRATIONS.length) {
        database.pragma(`application_id = ${APPLICATION_ID}`);
        database.pragma(`user_version = ${MIGRATIONS.length}`);
      }
    })
    .immediate();
}
