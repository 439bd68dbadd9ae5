import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { EideticError } from '../../domain/errors.ts';
import { isBusy, translateSqliteError } from '../sqlite-errors.ts';

/**
 * Takes the lock by which programs of catalog versions 1 and 2 kept others from writing: an open exclusive
 * transaction on `writer.lock`.
 * @returns what releases it, once or again
 * @throws EideticError CATALOG_BUSY with `details.pid` when such a program is writing; STORAGE_FULL, READ_ONLY
 */
export function holdOldWriterLock(library: string): () => void {
  const file = join(library, 'writer.lock');
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { timeout: 0 });
    database.pragma('journal_mode = DELETE');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    throw isBusy(error) ? oldWriter(library) : translateSqliteError(error, file);
  }
  const held = database;
  return () => held.close();
}

/** Removes what such programs left: they refuse the catalog now, before they would look at their lock. */
export function removeOldWriterLock(library: string): void {
  for (const name of ['writer.lock', 'writer.lock-journal', 'writer.pid']) {
    try {
      rmSync(join(library, name), { force: true });
    } catch {
      // It is in nobody's way: what was to be kept out cannot open the catalog any more.
    }
  }
}

function oldWriter(library: string): EideticError {
  const pid = readPid(join(library, 'writer.pid'));
  const writer = pid === null ? 'An older Eidetic' : `An older Eidetic (process ${pid})`;
  return new EideticError(
    'CATALOG_BUSY',
    `${writer} is writing to the library ${library}, so its catalog cannot be migrated; wait until it is done, or stop it. Nothing was changed.`,
    { details: { pid } },
  );
}

function readPid(file: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return Number.isInteger(pid) ? pid : null;
  } catch {
    return null; // it is between taking the lock and saying who it is
  }
}
