import type { Database } from 'better-sqlite3';
import type { FailedName } from '../domain/file-ledger.ts';
import { prepared } from './prepared.ts';
import { placeOf, storedRoots } from './stored-roots.ts';

/** See FileLedger.retryFailures; to be called inside a transaction. */
export function retryFailures(database: Database, failed: readonly FailedName[]): number {
  const roots = storedRoots(database);
  const mark = prepared(
    database,
    `UPDATE failures SET retry = 'next-run' WHERE root_id = ? AND path = ? AND raw_path = ?`,
  );
  let marked = 0;
  for (const { path, rawPath } of failed) {
    const place = placeOf(roots, path);
    if (place !== null) {
      marked += mark.run(place.rootId, place.path, Buffer.from(rawPath ?? [])).changes;
    }
  }
  return marked;
}
