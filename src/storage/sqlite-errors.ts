import { SqliteError } from 'better-sqlite3';
import { EideticError } from '../domain/errors.ts';

/** Says what a SQLite error means to a person; anything that is not one is returned as it is. */
export function translateSqliteError(error: unknown, file: string): unknown {
  if (!(error instanceof SqliteError)) {
    return error;
  }
  const code = error.code;
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new EideticError(
      'CATALOG_BUSY',
      `Another process is writing to the catalog ${file}; try again when it is done.`,
      { cause: error },
    );
  }
  if (code === 'SQLITE_FULL') {
    return new EideticError(
      'CATALOG_BUSY',
      `The disk that holds the catalog ${file} is full; nothing committed is lost. Free some space and run again.`,
      { cause: error },
    );
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_CANTOPEN' || code.startsWith('SQLITE_PERM')) {
    return new EideticError(
      'CATALOG_BUSY',
      `The catalog ${file} cannot be opened for writing (${error.message}); check the permissions of its folder.`,
      { cause: error },
    );
  }
  return new EideticError(
    'CATALOG_DAMAGED',
    `The catalog ${file} cannot be read (${code}: ${error.message}); run "eidetic doctor", or restore it from a backup.`,
    { cause: error },
  );
}
