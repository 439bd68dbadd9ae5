import type { PGlite } from '@electric-sql/pglite';
import type { PgliteConnection, Query } from './pglite-connection.ts';

/** A transaction that has written and not ended yet. */
export interface OpenWriter {
  commit(): Promise<unknown>;
  rollback(): Promise<unknown>;
}

/**
 * Goes on beside a writer whose transaction stays open, on the only connection there is: by preparing it, as a commit
 * in two phases does. It keeps its transaction id and its locks, counts as running in every snapshot, and shows nobody
 * what it wrote. What waits for one of its locks waits for good, since nobody can end it meanwhile.
 *
 * One at a time. It is rolled back in the end, unless it ended before.
 */
export async function besideWriter(
  { database, connection }: { readonly database: PGlite; readonly connection: PgliteConnection },
  write: (query: Query) => Promise<unknown>,
  meanwhile: (writer: OpenWriter) => Promise<void>,
): Promise<void> {
  await connection.write(async (query) => {
    await write(query);
    await query(`PREPARE TRANSACTION '${WRITER}'`);
  });
  let isOpen = true;
  const end = (command: 'COMMIT' | 'ROLLBACK') => () => {
    isOpen = false;
    return database.exec(`${command} PREPARED '${WRITER}'`);
  };
  const writer = { commit: end('COMMIT'), rollback: end('ROLLBACK') };
  try {
    await meanwhile(writer);
  } finally {
    if (isOpen) {
      await writer.rollback();
    }
  }
}

/** Its name on the server, and on another that was started with a copy of its data. */
export const WRITER = 'beside';
