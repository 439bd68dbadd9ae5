import type { Database } from 'better-sqlite3';
import { makeListedRoot } from '../../root-writes.ts';
import { type Place, placeOf, type StoredRoot, storedRoots } from '../../stored-roots.ts';
import { type MigrationStep, PIECE_ROWS } from '../migration-step.ts';

interface OldFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly pictureId: number | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly failedAt: string | null;
  readonly isTransient: number | null;
}

export const files: MigrationStep = {
  name: 'files',
  does: 'Copies files under the root that has them: the uploads, the longest named root at or above, or that of files named one by one. Files that failed become failures.',
  table: 'files',
  run(database, { after, moved }) {
    const rows = database
      .prepare(
        `SELECT path, size_bytes AS sizeBytes, modified_ms AS modifiedMs, picture_id AS pictureId,
           failure_code AS code, failure_message AS message, failed_at AS failedAt, failure_transient AS isTransient
         FROM old_files WHERE path > ? ORDER BY path LIMIT ?`,
      )
      .all(after ?? '', PIECE_ROWS) as OldFile[];
    const last = rows.at(-1);
    if (last === undefined) {
      return 'done';
    }
    copyFiles(database, rows);
    return { after: last.path, moved: moved + rows.length };
  },
};

function copyFiles(database: Database, rows: readonly OldFile[]): void {
  const insertFile = database.prepare(
    `INSERT INTO files (root_id, path, size_bytes, modified_ms, picture_id)
     VALUES (@rootId, @path, @sizeBytes, @modifiedMs, @pictureId)`,
  );
  const insertFailure = database.prepare(
    `INSERT INTO failures (root_id, path, size_bytes, modified_ms, code, message, failed_at, retry, conditions)
     VALUES (@rootId, @path, @sizeBytes, @modifiedMs, @code, @message, @failedAt, iif(@isTransient, 'next-run', 'changed'), '')`,
  );
  let roots: readonly StoredRoot[] = storedRoots(database);
  const place = (path: string): Place => {
    const found = placeOf(roots, path);
    if (found !== null) {
      return found;
    }
    roots = [...roots, makeListedRoot(database)];
    return placeOf(roots, path) as Place;
  };
  for (const row of rows) {
    const insert = row.pictureId === null ? insertFailure : insertFile;
    insert.run({ ...row, ...place(row.path) });
  }
}
