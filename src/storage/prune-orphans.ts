import type { Database } from 'better-sqlite3';
import type { PictureId } from '../domain/picture.ts';
import { beginCommit } from './commits.ts';

/** See FileLedger.pruneOrphans. Their parts are remembered as removed, for the indexes that still have them. */
export function pruneOrphans(database: Database): PictureId[] {
  const orphans = database
    .prepare(
      `SELECT id FROM pictures p WHERE NOT EXISTS (SELECT 1 FROM files WHERE picture_id = p.id)
         AND NOT EXISTS (SELECT 1 FROM displaced_files WHERE picture_id = p.id) ORDER BY id`,
    )
    .pluck()
    .all() as PictureId[];
  if (orphans.length > 0) {
    const ids = JSON.stringify(orphans);
    database
      .prepare(
        `INSERT INTO removed_parts (part_id, generation)
         SELECT id, ? FROM parts WHERE picture_id IN (SELECT value FROM json_each(?))`,
      )
      .run(beginCommit(database), ids);
    database.prepare('DELETE FROM pictures WHERE id IN (SELECT value FROM json_each(?))').run(ids);
  }
  return orphans;
}

/** Whether each picture has a file: counting tells it in a fifth of the time that looking for one without takes. */
export function haveAllAFile(database: Database): boolean {
  return (
    database
      .prepare('SELECT (SELECT count(DISTINCT picture_id) FROM files) = (SELECT count(*) FROM pictures)')
      .pluck()
      .get() === 1
  );
}
