import type { PictureId } from '../../../src/domain/picture.ts';
import { beginCommit } from './begin-commit.ts';
import type { Query } from './pglite-connection.ts';

/**
 * See FileLedger.pruneOrphans. A picture that another writer is giving a file at the moment is locked by it and left
 * alone. Whether the others are still without files is asked again once they are locked here: a file may have been
 * committed in between, and only a new statement sees it.
 */
export async function pruneOrphans(query: Query): Promise<PictureId[]> {
  const locked = await query<{ id: PictureId }>(
    `SELECT id FROM pictures p WHERE NOT EXISTS (SELECT FROM files WHERE picture_id = p.id)
     FOR UPDATE SKIP LOCKED`,
  );
  const orphans = await query<{ id: PictureId }>(
    `SELECT id FROM pictures p
     WHERE id = ANY($1::bigint[]) AND NOT EXISTS (SELECT FROM files WHERE picture_id = p.id) ORDER BY id`,
    [locked.map(({ id }) => id)],
  );
  const ids = orphans.map(({ id }) => id);
  if (ids.length > 0) {
    await beginCommit(query);
    await query(
      'INSERT INTO removed_parts (part_id) SELECT id FROM parts WHERE picture_id = ANY($1::bigint[])',
      [ids],
    );
    await query('DELETE FROM pictures WHERE id = ANY($1::bigint[])', [ids]);
  }
  return ids;
}
