import type { Database } from 'better-sqlite3';
import type { CatalogPicture } from '../domain/catalog.ts';
import type { PictureFilter } from '../domain/filter.ts';
import type { PictureId } from '../domain/picture.ts';
import { pathsBelow } from './path-range.ts';

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
  const statement = database.prepare(`
    SELECT p.id, p.content_hash AS contentHash, p.size_bytes AS sizeBytes, p.format, p.width, p.height,
      p.pixel_hash AS pixelHash, p.taken_at AS takenAt, p.camera, p.latitude, p.longitude,
      (SELECT json_group_array(path) FROM (SELECT path FROM files WHERE picture_id = p.id ORDER BY path)) AS files
    FROM pictures p JOIN json_each(@ids) wanted ON p.id = wanted.value
    WHERE EXISTS (SELECT 1 FROM files f WHERE f.picture_id = p.id${condition.sql})
    ORDER BY wanted.key`);
  const rows = statement.all({ ids: JSON.stringify(ids), ...condition.values }) as PictureRow[];
  return rows.map((row) => ({
    ...row,
    contentHash: row.contentHash.toString('hex'),
    pixelHash: row.pixelHash.toString('hex'),
    files: JSON.parse(row.files) as string[],
  }));
}

export function matching(database: Database, filter: PictureFilter, limit: number): PictureId[] {
  const condition = filterCondition(filter);
  return database
    .prepare(
      `SELECT DISTINCT f.picture_id FROM files f
       WHERE f.picture_id IS NOT NULL${condition.sql} ORDER BY f.picture_id LIMIT @limit`,
    )
    .pluck()
    .all({ limit, ...condition.values }) as PictureId[];
}

/** SQL over `files f`, beginning with AND. */
function filterCondition(filter: PictureFilter): { sql: string; values: Record<string, string> } {
  let sql = '';
  const values: Record<string, string> = {};
  if (filter.pathPrefix !== undefined) {
    const { from, to } = pathsBelow(filter.pathPrefix);
    sql += ' AND (f.path = @prefix OR (f.path > @prefixFrom AND f.path < @prefixTo))';
    values['prefix'] = filter.pathPrefix;
    values['prefixFrom'] = from;
    values['prefixTo'] = to;
  }
  if (filter.pathGlob !== undefined) {
    sql += ' AND f.path GLOB @glob';
    values['glob'] = filter.pathGlob;
  }
  return { sql, values };
}
