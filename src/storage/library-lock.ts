import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database, { SqliteError } from 'better-sqlite3';
import { EideticError } from '../domain/errors.ts';

/** The right to write to a library, held by one process at a time. */
export interface LibraryLock {
  release(): void;
}

/**
 * Takes the library's writer lock, or fails at once.
 *
 * The lock is an open exclusive transaction on a SQLite file of its own: the operating system drops it when the
 * process ends in whatever way, so a lock can be neither stale nor taken over by two processes at once. The pid
 * stands in a file beside it, for the message only.
 * @throws EideticError CATALOG_BUSY with `details.pid` when another process holds it
 */
export function acquireLibraryLock(library: string): LibraryLock {
  const pidFile = join(library, 'writer.pid');
  const database = new Database(join(library, 'writer.lock'), { timeout: 0 });
  try {
    database.pragma('journal_mode = DELETE');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw busy(library, pidFile);
    }
    throw new EideticError(
      'CATALOG_BUSY',
      `The library ${library} cannot be locked for writing (${(error as Error).message}); check its permissions and free space.`,
      { cause: error },
    );
  }
  writeFileSync(pidFile, String(process.pid));
  return {
    release() {
      rmSync(pidFile, { force: true });
      database.exec('ROLLBACK');
      database.close();
    },
  };
}

function busy(library: string, pidFile: string): EideticError {
  const pid = readPid(pidFile);
  const holder = pid === null ? 'another process' : `process ${pid}`;
  return new EideticError(
    'CATALOG_BUSY',
    `The library ${library} is being written to by ${holder}; wait until it is done, or stop it.`,
    { details: { pid } },
  );
}

function readPid(pidFile: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    return Number.isInteger(pid) ? pid : null;
  } catch {
    return null; // the holder is between taking the lock and saying who it is
  }
}
