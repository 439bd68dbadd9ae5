import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import Database, { SqliteError } from 'better-sqlite3';
import { EideticError } from '../../domain/errors.ts';
import { APPLICATION_ID, SCHEMA_VERSION } from '../schema.ts';
import { isBusy, translateSqliteError } from '../sqlite-errors.ts';

/** How long to wait for who has the file for itself, milliseconds: a moment's work of another process, or a migration. */
const PATIENCE_MS = 10_000;
const POLL_MS = 50;

/**
 * What lies at a catalog's path: `none`, also a file that was begun and holds nothing; `old`, of an earlier version;
 * `unfinished`, a migration that was interrupted; `current`.
 */
export type CatalogState =
  | { readonly kind: 'none' | 'unfinished' | 'current' }
  | { readonly kind: 'old'; readonly version: number };

/**
 * Looks at a catalog file without changing it.
 * @throws EideticError CATALOG_TOO_NEW; CATALOG_DAMAGED, also for a file of another program; READ_ONLY when it cannot
 *   even be read where it lies; CATALOG_BUSY
 */
export async function inspectCatalog(file: string, isReadOnly: boolean): Promise<CatalogState> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return existsSync(file) ? inspectFile(file, isReadOnly) : { kind: 'none' };
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) {
        throw isReadOnly && isUnreadable(error) ? notClosed(file, error) : translateSqliteError(error, file);
      }
    }
    await setTimeout(POLL_MS);
  }
}

function inspectFile(file: string, isReadOnly: boolean): CatalogState {
  const database = new Database(file, { readonly: isReadOnly, fileMustExist: true, timeout: 0 });
  try {
    return database.transaction(() => stateOf(database)).deferred();
  } finally {
    database.close();
  }
}

/**
 * To be called in a transaction, so that all is seen at one moment.
 * @throws EideticError as {@link inspectCatalog}
 */
export function stateOf(database: Database.Database): CatalogState {
  const version = database.pragma('user_version', { simple: true }) as number;
  const application = database.pragma('application_id', { simple: true }) as number;
  const tables = database.prepare('SELECT name FROM sqlite_schema').pluck().all() as string[];
  // A file killed between its creation and its tables is empty: version 0, no application id.
  if (version === 0 && tables.length === 0) {
    return { kind: 'none' };
  }
  if (application !== APPLICATION_ID) {
    throw new EideticError(
      'CATALOG_DAMAGED',
      `${database.name} is an SQLite file of another program; name another --library.`,
    );
  }
  if (version > SCHEMA_VERSION) {
    throw new EideticError(
      'CATALOG_TOO_NEW',
      `Found a catalog of version ${version} when this Eidetic reads up to ${SCHEMA_VERSION}; update Eidetic to open ${database.name}.`,
    );
  }
  if (version < SCHEMA_VERSION) {
    return { kind: 'old', version };
  }
  return { kind: tables.includes('migration') ? 'unfinished' : 'current' };
}

/** In WAL mode a file can be read only with other files beside it, which cannot be made where nothing can be written. */
function isUnreadable(error: unknown): boolean {
  return error instanceof SqliteError && /^SQLITE_(CANTOPEN|READONLY)/.test(error.code);
}

function notClosed(file: string, cause: unknown): EideticError {
  return new EideticError(
    'READ_ONLY',
    `The catalog ${file} lies where nothing can be written, and it was not closed in order or is of an older version; copy the library to where it can be written and open it there once, as with "eidetic stats --library FOLDER".`,
    { cause },
  );
}
