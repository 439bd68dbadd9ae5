import type { Database } from 'better-sqlite3';
import { prepared } from './prepared.ts';

/** Reads in one transaction, so that several statements see the same moment. */
export function snapshot<T>(database: Database, read: () => T): T {
  // Not by `transaction`, which takes longer than a short question.
  prepared(database, 'BEGIN').run();
  try {
    return read();
  } finally {
    prepared(database, 'COMMIT').run();
  }
}
