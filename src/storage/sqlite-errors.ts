import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { SqliteError } from 'better-sqlite3';
import { EideticError } from '../domain/errors.ts';
import { canWrite } from './can-write.ts';

type SqliteFailure = InstanceType<typeof SqliteError>;

/** A disk with less than this is full for SQLite, whose files grow by pages and a shared memory file of this size. */
const FULL_BELOW_BYTES = 32 * 1024;

/**
 * Says what a SQLite error means to a person; anything that is not one is returned as it is, and so is one that only a
 * mistake in this program can bring about.
 *
 * An error of the disk is CATALOG_BUSY: the catalog cannot be used at present, and nothing proves that it is damaged.
 */
export function translateSqliteError(error: unknown, file: string): unknown {
  if (!(error instanceof SqliteError)) {
    return error;
  }
  if (isBusy(error)) {
    return new EideticError(
      'CATALOG_BUSY',
      `Another process is using the catalog ${file}; try again when it is done.`,
      { cause: error },
    );
  }
  if (isFull(error, file)) {
    return new EideticError(
      'STORAGE_FULL',
      `The disk that holds the catalog ${file} is full; nothing committed is lost. Free some space and run again.`,
      { cause: error },
    );
  }
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(error.code)) {
    return new EideticError(
      'CATALOG_DAMAGED',
      `The catalog ${file} is damaged (${error.code}: ${error.message}); run "eidetic doctor", or restore it from a backup.`,
      { cause: error },
    );
  }
  return translateAccess(error, file) ?? error;
}

/** Whether another connection stands in the way, which waiting may cure. */
export function isBusy(error: unknown): boolean {
  return error instanceof SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(error.code);
}

/** SQLite says so itself where a write fails, but not where it makes a file or its shared memory. */
function isFull(error: SqliteFailure, file: string): boolean {
  return error.code === 'SQLITE_FULL' || (/^SQLITE_(IOERR|CANTOPEN)/.test(error.code) && isDiskFull(file));
}

function isDiskFull(file: string): boolean {
  try {
    // One without blocks is no disk (/proc), or has no limit.
    const { bavail, bsize, blocks, files, ffree } = statfsSync(dirname(file));
    return (blocks > 0 && bavail * bsize < FULL_BELOW_BYTES) || (files > 0 && ffree === 0);
  } catch {
    return false;
  }
}

/** An error about reaching the file, or null for any other. */
function translateAccess(error: SqliteFailure, file: string): EideticError | null {
  const options = { cause: error };
  if (error.code === 'SQLITE_READONLY_DBMOVED' || (error.code === 'SQLITE_CANTOPEN' && !existsSync(file))) {
    const message = `The catalog ${file} is not there (any more); put the library back, or name another with --library.`;
    return new EideticError('NOT_FOUND', message, options);
  }
  if (/^SQLITE_(READONLY|PERM)/.test(error.code) || (isAccessError(error) && !canWrite(file))) {
    const message = `The catalog ${file} cannot be written to (${error.message}); check the permissions of its folder, and whether its disk is mounted read-only.`;
    return new EideticError('READ_ONLY', message, options);
  }
  if (isAccessError(error)) {
    const message = `The catalog ${file} cannot be used, since the disk or the system reported an error (${error.code}: ${error.message}); check the disk and the permissions, then try again.`;
    return new EideticError('CATALOG_BUSY', message, options);
  }
  return null;
}

function isAccessError({ code }: SqliteFailure): boolean {
  return /^SQLITE_(CANTOPEN|IOERR)/.test(code);
}
