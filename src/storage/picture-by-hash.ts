import type { Database } from 'better-sqlite3';
import type { FileLedger } from '../domain/file-ledger.ts';
import type { ContentHash, PictureId } from '../domain/picture.ts';
import { prepared } from './prepared.ts';

/** See FileLedger.findByHash. */
export function findByHash(
  database: Database,
  contentHash: ContentHash,
  modelKeys: readonly string[],
): Awaited<ReturnType<FileLedger['findByHash']>> {
  const id = prepared(database, 'SELECT id FROM pictures WHERE content_hash = ?')
    .pluck()
    .get(Buffer.from(contentHash, 'hex')) as PictureId | undefined;
  if (id === undefined) {
    return null;
  }
  const describedBy = prepared(
    database,
    `SELECT m.key FROM models m
     WHERE m.key IN (SELECT value FROM json_each(@modelKeys)) AND EXISTS (
       SELECT 1 FROM parts p JOIN vectors v ON v.part_id = p.id
       WHERE p.picture_id = @id AND p.kind = 'whole' AND v.model_id = m.id AND v.name = 'cls')
     ORDER BY m.id`,
  )
    .pluck()
    .all({ id, modelKeys: JSON.stringify(modelKeys) }) as string[];
  return { id, describedBy };
}
