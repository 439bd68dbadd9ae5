import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { EideticError } from '../domain/errors.ts';
import { pause } from './pause.ts';
import { isBusy, translateSqliteError } from './sqlite-errors.ts';
import { enterWriteAheadLog } from './write-ahead-log.ts';

/** How long a connection waits for another's transaction, milliseconds. */
const BUSY_TIMEOUT_MS = 10_000;

/** What a connection to a catalog is for. */
export interface DatabaseUse {
  /** Whether the catalog lies where nothing can be written, as ensureCurrentCatalog says. */
  readonly isReadOnly: boolean;
  /**
   * `look`: questions that take milliseconds. It takes the file as it is, so a short command writes nothing.
   * `survey`: also questions that take seconds, which must not keep writers waiting.
   * `write`: changes too. Only this one can write; for the others any change is an error.
   */
  readonly purpose: 'look' | 'survey' | 'write';
}

/**
 * Opens a catalog file of the current version, which ensureCurrentCatalog has seen to. To be closed by closeDatabase.
 *
 * `synchronous = FULL`: a batch is about a second of embedding, so its one fsync costs nothing that shows, and a
 * committed batch then survives a power cut and not only a killed process.
 * @throws EideticError NOT_FOUND when the file is not there, READ_ONLY when it should be written where nothing can be,
 *   CATALOG_BUSY, CATALOG_DAMAGED, STORAGE_FULL
 */
export function openDatabase(file: string, use: DatabaseUse): Database.Database {
  const until = performance.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      return openOnce(file, use);
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) {
        throw translateSqliteError(error, file);
      }
    }
    pause(5 + Math.random() * 20); // those who want WAL mode at once refuse each other until one is alone
  }
}

function openOnce(file: string, { isReadOnly, purpose }: DatabaseUse): Database.Database {
  if (isReadOnly && purpose === 'write') {
    throw readOnly(file);
  }
  const database = new Database(file, {
    readonly: isReadOnly,
    fileMustExist: true,
    timeout: BUSY_TIMEOUT_MS,
  });
  try {
    database.pragma('user_version'); // the first to read the file, and to find what is wrong with it
    if (!isReadOnly && purpose !== 'look') {
      enterWriteAheadLog(database);
    }
    if (isReadOnly) {
      takeUploadsAlong(database, file);
    }
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('cache_size = -32768'); // 32 MiB
    database.pragma(`query_only = ${purpose === 'write' ? 'OFF' : 'ON'}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A library that was moved to where nothing can be written has its uploads beside it, whatever path was noted. */
function takeUploadsAlong(database: Database.Database, file: string): void {
  // Takes the place of the catalog's own table for this connection alone.
  database.exec('CREATE TEMP TABLE roots AS SELECT * FROM main.roots');
  database
    .prepare("UPDATE temp.roots SET path = ? WHERE kind = 'uploads'")
    .run(join(realpathSync(dirname(file)), 'uploads'));
}

function readOnly(file: string): EideticError {
  return new EideticError(
    'READ_ONLY',
    `The catalog ${file} cannot be written to; check the permissions of its folder, and whether its disk is mounted read-only.`,
  );
}
