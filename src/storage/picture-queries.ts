import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { CatalogPicture } from '../domain/catalog.ts';
import type { PictureFilter } from '../domain/filter.ts';
import type { PictureId } from '../domain/picture.ts';
import { filterCondition } from './filter-condition.ts';
import { prepared } from './prepared.ts';

/** A picture and one of its files, column by column: an object for each row took as long as reading it. */
type PictureRow = readonly [
  id: PictureId,
  contentHash: string,
  sizeBytes: number,
  format: CatalogPicture['format'],
  width: number,
  height: number,
  pixelHash: string,
  takenAt: string | null,
  camera: string | null,
  latitude: number | null,
  longitude: number | null,
  path: string,
];

/** Pictures read in one go: a few milliseconds. */
const PICTURES_AT_ONCE = 250;

/** Pictures in the order of `ids`; those without files, or that the filter leaves out, are left out. */
export async function pictures(
  database: Database,
  ids: readonly PictureId[],
  filter: PictureFilter,
): Promise<CatalogPicture[]> {
  const found = readPictures(database, ids.slice(0, PICTURES_AT_ONCE), filter);
  for (let i = PICTURES_AT_ONCE; i < ids.length; i += PICTURES_AT_ONCE) {
    await setImmediate();
    found.push(...readPictures(database, ids.slice(i, i + PICTURES_AT_ONCE), filter));
  }
  return found;
}

function readPictures(
  database: Database,
  ids: readonly PictureId[],
  filter: PictureFilter,
): CatalogPicture[] {
  const { sql, values } = filterCondition(filter);
  // A row for each file, files in order, and hashes as text: quicker than gathering files in SQL and bytes here.
  const statement = prepared(
    database,
    `
    SELECT p.id, lower(hex(p.content_hash)), p.size_bytes, p.format, p.width, p.height,
      lower(hex(p.pixel_hash)), p.taken_at, p.camera, p.latitude, p.longitude, files.path
    FROM json_each(@ids) wanted CROSS JOIN pictures p ON p.id = wanted.value
      CROSS JOIN files ON files.picture_id = p.id
    ${sql === '' ? '' : `WHERE EXISTS (SELECT 1 FROM files f WHERE f.picture_id = p.id${sql})`}
    ORDER BY wanted.key, files.path`,
  ).raw();
  return groupFiles(statement.all({ ids: JSON.stringify(ids), ...values }) as PictureRow[]);
}

function groupFiles(rows: readonly PictureRow[]): CatalogPicture[] {
  const found: Array<CatalogPicture & { readonly files: string[] }> = [];
  for (const row of rows) {
    const last = found.at(-1);
    if (last?.id === row[0]) {
      last.files.push(row[11]);
    } else {
      found.push(toPicture(row));
    }
  }
  return found;
}

/** By index: taking a row apart by a pattern goes through an iterator. */
function toPicture(row: PictureRow): CatalogPicture & { readonly files: string[] } {
  return {
    id: row[0],
    contentHash: row[1],
    sizeBytes: row[2],
    format: row[3],
    width: row[4],
    height: row[5],
    pixelHash: row[6],
    takenAt: row[7],
    camera: row[8],
    latitude: row[9],
    longitude: row[10],
    files: [row[11]],
  };
}

/** Pictures looked at in one go when every file has to be: a few milliseconds. */
const WINDOW = 4_000;

/**
 * Ids above `after` of the pictures that match, ascending. A filter may be a walk through all files: it goes on
 * window by window, and the event loop has its turns in between.
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
  const last = (database.prepare('SELECT max(id) FROM pictures').pluck().get() as PictureId | null) ?? 0;
  const step = condition.sql === '' ? last : WINDOW;
  const ids: PictureId[] = [];
  for (let from = after; from < last && ids.length < limit; from += step) {
    const window = { from, upTo: from + step, limit: limit - ids.length, ...condition.values };
    ids.push(...(statement.all(window) as PictureId[]));
    if (from + step < last && ids.length < limit) {
      await setImmediate();
    }
  }
  return ids;
}
