import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { CatalogPicture } from '../domain/catalog.ts';
import type { PictureFilter } from '../domain/filter.ts';
import type { PictureId } from '../domain/picture.ts';
import { filterCondition } from './filter-condition.ts';
import { prepared } from './prepared.ts';

interface PictureRow extends Omit<CatalogPicture, 'contentHash' | 'pixelHash' | 'files'> {
  readonly contentHash: Buffer;
  readonly pixelHash: Buffer;
  readonly files: string;
}

/** Pictures in the order of `ids`; those without files, or that the filter leaves out, are left out. */
export function pictures(
  database: Database,
  ids: readonly PictureId[],
  filter: PictureFilter,
): CatalogPicture[] {
  const condition = filterCondition(filter);
  const statement = prepared(
    database,
    `
    SELECT p.id, p.content_hash AS contentHash, p.size_bytes AS sizeBytes, p.format, p.width, p.height,
      p.pixel_hash AS pixelHash, p.taken_at AS takenAt, p.camera, p.latitude, p.longitude,
      (SELECT json_group_array(path) FROM (SELECT path FROM files WHERE picture_id = p.id ORDER BY path)) AS files
    FROM pictures p JOIN json_each(@ids) wanted ON p.id = wanted.value
    WHERE EXISTS (SELECT 1 FROM files f WHERE f.picture_id = p.id${condition.sql})
    ORDER BY wanted.key`,
  );
  const rows = statement.all({ ids: JSON.stringify(ids), ...condition.values }) as PictureRow[];
  return rows.map((row) => ({
    ...row,
    contentHash: row.contentHash.toString('hex'),
    pixelHash: row.pixelHash.toString('hex'),
    files: JSON.parse(row.files) as string[],
  }));
}

/** Pictures looked at in one go when every file has to be: a few milliseconds. */
const WINDOW = 4_000;

/**
 * Ids above `after` of the pictures that match, ascending. A filter that an index does not narrow is a walk through
 * all files: it goes on window by window, and the event loop has its turns in between.
 */
export async function matching(
  database: Database,
  filter: PictureFilter,
  limit: number,
  after: PictureId,
): Promise<PictureId[]> {
  const condition = filterCondition(filter);
  const statement = database
    .prepare(
      `SELECT DISTINCT f.picture_id FROM files f${condition.needsPicture ? ' JOIN pictures p ON p.id = f.picture_id' : ''}
       WHERE f.picture_id > @from AND f.picture_id <= @upTo${condition.sql} ORDER BY f.picture_id LIMIT @limit`,
    )
    .pluck();
  const isNarrow = condition.sql === '' || filter.pathPrefix !== undefined;
  const last = (database.prepare('SELECT max(id) FROM pictures').pluck().get() as PictureId | null) ?? 0;
  const step = isNarrow ? last : WINDOW;
  const ids: PictureId[] = [];
  for (let from = after; from < last && ids.length < limit; from += step) {
    const window = { from, upTo: from + step, limit: limit - ids.length, ...condition.values };
    ids.push(...(statement.all(window) as PictureId[]));
    if (!isNarrow) {
      await setImmediate();
    }
  }
  return ids;
}
