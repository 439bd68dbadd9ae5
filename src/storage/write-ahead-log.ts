import { type Database, SqliteError } from 'better-sqlite3';

// A catalog lies in rollback mode, in which it can be read even where nothing can be written, and is in WAL mode, in
// which readers and a writer do not wait for each other, while somebody writes or reads for long.

/**
 * Brings a file to WAL mode, to stay there while this connection is open: a connection that has read in WAL mode holds
 * a lock that everyone needs who would end it.
 * @throws SqliteError SQLITE_BUSY when others do the same or the opposite at this moment. Only a new connection can try
 *   again: this one may believe to be in WAL mode already
 */
export function enterWriteAheadLog(database: Database): void {
  database.pragma('journal_mode = WAL');
  database.pragma('user_version');
  if (!isInWriteAheadLog(database)) {
    throw new SqliteError('another connection has ended WAL mode', 'SQLITE_BUSY');
  }
}

/** Ends WAL mode, if no other connection is in it. Never waits. */
export function leaveWriteAheadLog(database: Database): boolean {
  try {
    database.pragma('busy_timeout = 0');
    return database.pragma('journal_mode = DELETE', { simple: true }) === 'delete';
  } catch (error) {
    if (error instanceof SqliteError) {
      return false;
    }
    throw error;
  }
}

function isInWriteAheadLog(database: Database): boolean {
  // Not PRAGMA journal_mode, which answers what was asked for and not what the file is in.
  const [row] = database.pragma('wal_checkpoint(NOOP)') as Array<{ log: number }>;
  return row !== undefined && row.log >= 0;
}
