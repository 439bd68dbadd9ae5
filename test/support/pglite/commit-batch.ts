import type { CommitResult, IndexedFile, LedgerBatch, LeftPath } from '../../../src/domain/file-ledger.ts';
import type { PictureId } from '../../../src/domain/picture.ts';
import { beginCommit } from './begin-commit.ts';
import type { Query } from './pglite-connection.ts';
import { writePictures } from './write-pictures.ts';

/**
 * What FileLedger.commit does about files with pictures and about removed ones; none counts as moved. Two writers that
 * bring the same pictures in another order can end in each other's way; PostgreSQL then ends one of them (40P01), and
 * a whole adapter would do that one again.
 * @throws EideticError as FileLedger.commit; Error for parts of a batch that are not in here
 */
export async function commitBatch(
  query: Query,
  { files, failures, restamped = [], removed, removedNames = [] }: LedgerBatch,
): Promise<CommitResult> {
  if (failures.length + restamped.length + removedNames.length > 0) {
    throw new Error('Found failures or stamps to write, expected files and removed paths alone.');
  }
  await beginCommit(query);
  const pictures = await writePictures(query, files);
  const held = await query<{ id: PictureId }>(
    'SELECT DISTINCT picture_id AS id FROM files WHERE picture_id = ANY($1::bigint[])',
    [pictures],
  );
  await writeFiles(query, files, pictures);
  const left = await query<LeftPath>(
    'DELETE FROM files WHERE path = ANY($1::text[]) RETURNING path, picture_id AS "pictureId"',
    [removed],
  );
  const known = new Set(held.map(({ id }) => id));
  const isNew = pictures.map((id, i) => !known.has(id) && pictures.indexOf(id) === i);
  return { left, pictures, isNew };
}

async function writeFiles(
  query: Query,
  files: readonly IndexedFile[],
  pictures: readonly PictureId[],
): Promise<void> {
  await query(
    `INSERT INTO files (path, device, inode, size_bytes, picture_id)
     SELECT path, device, inode, "sizeBytes", picture
     FROM json_to_recordset($1::json) AS f (path text, device text, inode text, "sizeBytes" bigint, picture bigint)
     ON CONFLICT (path) DO UPDATE SET device = excluded.device, inode = excluded.inode,
       size_bytes = excluded.size_bytes, picture_id = excluded.picture_id`,
    [JSON.stringify(files.map(({ stamp }, i) => ({ ...stamp, picture: pictures[i] })))],
  );
}
