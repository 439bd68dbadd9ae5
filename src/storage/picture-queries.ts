import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { PictureFilter } from '../domain/filter.ts';
import type { PartId, PictureId } from '../domain/picture.ts';
import type { CatalogPicture, PictureFile } from '../domain/picture-catalog.ts';
import { FILES_OF_PICTURES, filterCondition } from './filter-condition.ts';
import { prepared } from './prepared.ts';
import { snapshot } from './snapshot.ts';
import { ABSOLUTE_PATH, storedRoots } from './stored-roots.ts';

/** A picture and one of its files, column by column: an object for each row took as long as reading it. */
type PictureRow = readonly [
  /** Its place among those that were asked for. */
  key: number,
  /** Id by which it was asked for. */
  wanted: number,
  id: PictureId,
  contentHash: string,
  sizeBytes: number,
  format: CatalogPicture['format'],
  width: number,
  height: number,
  pages: number | null,
  bitDepth: number | null,
  imageDataHash: string | null,
  takenAt: string | null,
  camera: string | null,
  latitude: number | null,
  longitude: number | null,
  path: string,
  identity: string | null,
];

/** Pictures read in one go: a few milliseconds. */
const PICTURES_AT_ONCE = 250;

/** What ids are ids of, and how a picture is found by them. */
const PICTURE_OF = {
  picture: 'CROSS JOIN pictures p ON p.id = wanted.value',
  part: 'CROSS JOIN parts ON parts.id = wanted.value CROSS JOIN pictures p ON p.id = parts.picture_id',
};

export interface WantedPictures {
  readonly filter: PictureFilter;
  /** See PictureCatalog.pictures. */
  readonly mostFiles: number | undefined;
}

/**
 * Of a picture `p` with its files `f`: the first that came, found along the index of pictures, so that the others are
 * not even looked at.
 */
const FIRST_FILES = `AND f.id <= coalesce(
  (SELECT id FROM files WHERE picture_id = p.id ORDER BY id LIMIT 1 OFFSET @mostFiles - 1), ${Number.MAX_SAFE_INTEGER})`;

/** A picture with the id by which it was asked for. */
export interface WantedPicture {
  readonly id: PictureId | PartId;
  readonly picture: CatalogPicture;
}

/** Pictures in the order of `ids`; those without files, or that the filter leaves out, are left out. */
export async function picturesBy(
  kind: keyof typeof PICTURE_OF,
  database: Database,
  ids: readonly number[],
  wanted: WantedPictures,
): Promise<WantedPicture[]> {
  const found = readPictures(kind, database, ids.slice(0, PICTURES_AT_ONCE), wanted);
  for (let i = PICTURES_AT_ONCE; i < ids.length; i += PICTURES_AT_ONCE) {
    await setImmediate();
    found.push(...readPictures(kind, database, ids.slice(i, i + PICTURES_AT_ONCE), wanted));
  }
  return found;
}

function readPictures(
  kind: keyof typeof PICTURE_OF,
  database: Database,
  ids: readonly number[],
  { filter, mostFiles }: WantedPictures,
): WantedPicture[] {
  return snapshot(database, () => {
    const { sql, values } = filterCondition(filter, () => storedRoots(database));
    // A row for each file, files in order, and hashes as text: quicker than gathering files in SQL and bytes here.
    const statement = prepared(
      database,
      `
      SELECT wanted.key, wanted.value, p.id, lower(hex(p.content_hash)), p.size_bytes, p.format, p.width, p.height,
        p.pages, p.bit_depth,
        iif(p.image_data_hash IS NULL, NULL, lower(hex(p.image_data_hash))),
        p.taken_at, p.camera, p.latitude, p.longitude, ${ABSOLUTE_PATH} AS path, d.identity || ' ' || f.inode
      FROM json_each(@ids) wanted ${PICTURE_OF[kind]}
        CROSS JOIN files f INDEXED BY files_by_picture ON f.picture_id = p.id
          ${mostFiles === undefined ? '' : FIRST_FILES}
        CROSS JOIN roots r ON r.id = f.root_id
        LEFT JOIN devices d ON d.id = f.device_id
      ${sql === '' ? '' : `WHERE EXISTS (SELECT 1 FROM ${FILES_OF_PICTURES} WHERE f.picture_id = p.id${sql})`}
      ORDER BY wanted.key, path`,
    ).raw();
    const most = mostFiles === undefined ? {} : { mostFiles };
    const found = groupFiles(statement.all({ ids: JSON.stringify(ids), ...values, ...most }) as PictureRow[]);
    for (const { picture } of found) {
      const isCut = picture.files.length === mostFiles;
      picture.fileCount = isCut ? countFiles(database, picture.id) : picture.files.length;
    }
    return found;
  });
}

function countFiles(database: Database, picture: PictureId): number {
  return prepared(database, 'SELECT count(*) FROM files WHERE picture_id = ?').pluck().get(picture) as number;
}

interface GatheredPicture extends WantedPicture {
  readonly picture: Omit<CatalogPicture, 'fileCount'> & { readonly files: PictureFile[]; fileCount: number };
}

function groupFiles(rows: readonly PictureRow[]): GatheredPicture[] {
  const found: GatheredPicture[] = [];
  let lastKey = -1;
  for (const row of rows) {
    if (row[0] === lastKey) {
      found.at(-1)?.picture.files.push({ path: row[15], identity: row[16] });
    } else {
      lastKey = row[0];
      found.push({ id: row[1], picture: toPicture(row) });
    }
  }
  return found;
}

/** By index: taking a row apart by a pattern goes through an iterator. */
function toPicture(row: PictureRow): GatheredPicture['picture'] {
  return {
    id: row[2],
    contentHash: row[3],
    sizeBytes: row[4],
    format: row[5],
    width: row[6],
    height: row[7],
    pages: row[8],
    bitDepth: row[9],
    imageDataHash: row[10],
    takenAt: row[11],
    camera: row[12],
    latitude: row[13],
    longitude: row[14],
    files: [{ path: row[15], identity: row[16] }],
    fileCount: 1,
  };
}
