import Database, { SqliteError } from 'better-sqlite3';
import { pause } from './pause.ts';
import { leaveWriteAheadLog } from './write-ahead-log.ts';

/** Others that close at the same moment stand in each other's way once, hardly ever so often. */
const TRIES = 3;

/**
 * Closes a connection that openDatabase opened.
 * @param mayTidy whether this is the last one of its catalog in this process: then the file is left in rollback mode,
 *   as it must lie to be readable where nothing can be written, unless another process has it open, whose turn it is
 *   then. It may hold the thread for some 50 ms
 */
export function closeDatabase(database: Database.Database, { mayTidy }: { readonly mayTidy: boolean }): void {
  const { name: file, readonly: isReadOnly } = database;
  let isTidy = !mayTidy || isReadOnly || leaveWriteAheadLog(database);
  database.close();
  for (let tries = 1; !isTidy && tries < TRIES; tries++) {
    pause(5 + Math.random() * 15);
    isTidy = tidy(file);
  }
}

function tidy(file: string): boolean {
  try {
    const database = new Database(file, { fileMustExist: true, timeout: 0 });
    const isTidy = leaveWriteAheadLog(database);
    database.close();
    return isTidy;
  } catch (error) {
    if (error instanceof SqliteError) {
      return false; // gone, or out of reach: nothing that closing must tell
    }
    throw error;
  }
}
