import type { PictureFilter } from '../../../src/domain/filter.ts';
import { type PartId, PIXEL_HASH_VERSION, type PictureId } from '../../../src/domain/picture.ts';
import type {
  CatalogCounts,
  CatalogPicture,
  KnownPixels,
  PictureCatalog,
} from '../../../src/domain/picture-catalog.ts';
import { type Bind, filterCondition } from './filter-condition.ts';
import type { PgliteConnection, Query } from './pglite-connection.ts';

const LOOKED_AT = `pixel_hash_version = ${PIXEL_HASH_VERSION}`;

/** What ids are ids of, and how a picture is found by them. */
const PICTURE_OF = {
  picture: 'JOIN pictures p ON p.id = wanted.id',
  part: 'JOIN parts ON parts.id = wanted.id JOIN pictures p ON p.id = parts.picture_id',
};

export function pglitePictureCatalog({ read, write }: PgliteConnection): PictureCatalog {
  return {
    pictures: async (ids, filter = {}, mostFiles) => {
      const found = await read((query) => picturesBy('picture', query, ids, { filter, mostFiles }));
      return found.map(({ picture }) => picture);
    },
    picturesOfParts: async (parts, filter = {}, mostFiles) => {
      const found = await read((query) => picturesBy('part', query, parts, { filter, mostFiles }));
      return found.map(({ wanted, picture }) => ({ part: wanted, picture }));
    },
    pictureIdsOfParts: (parts, filter = {}) => read((query) => pictureIdsOfParts(query, parts, filter)),
    matching: (filter, limit, after = 0) => read((query) => matching(query, filter, limit, after)),
    newest: (filter, limit, before = Number.MAX_SAFE_INTEGER) =>
      read((query) => newest(query, filter, limit, before)),
    counts: () => read(counts),
    picturesWithSeveralFiles: () => read(picturesWithSeveralFiles),
    sameImageDataGroups: () =>
      read((query) => groupsBy(query, 'image_data_hash', 'image_data_hash IS NOT NULL')),
    withImageData: (hash) => read((query) => withImageData(query, hash)),
    samePixelGroups: () =>
      read((query) => groupsBy(query, 'pixel_hash', `${LOOKED_AT} AND length(pixel_hash) > 0`)),
    knownPixels: (ids) => read((query) => knownPixels(query, ids)),
    keepPixels: (pixels) => write((query) => keepPixels(query, pixels)),
  };
}

/** Pictures in the order of `ids`; those without files, or that the filter leaves out, are left out. */
async function picturesBy(
  kind: keyof typeof PICTURE_OF,
  query: Query,
  ids: readonly number[],
  { filter, mostFiles }: { readonly filter: PictureFilter; readonly mostFiles: number | undefined },
): Promise<Array<{ readonly wanted: number; readonly picture: CatalogPicture }>> {
  const { values, bind } = binding();
  const rows = await query<CatalogPicture & { wanted: number }>(
    `SELECT wanted.id AS wanted, p.id, encode(p.content_hash, 'hex') AS "contentHash", p.size_bytes AS "sizeBytes",
       p.format, p.width, p.height, p.pages, p.bit_depth AS "bitDepth",
       encode(p.image_data_hash, 'hex') AS "imageDataHash", p.taken_at AS "takenAt", p.camera, p.latitude,
       p.longitude,
       (SELECT json_agg(json_build_object('path', path, 'identity', device || ' ' || inode) ORDER BY path)
        FROM (SELECT * FROM files WHERE picture_id = p.id ORDER BY path LIMIT ${bind(mostFiles ?? null)}) AS f)
         AS files,
       (SELECT count(*) FROM files WHERE picture_id = p.id) AS "fileCount"
     FROM unnest(${bind(ids)}::bigint[]) WITH ORDINALITY AS wanted (id, place) ${PICTURE_OF[kind]}
     WHERE EXISTS (SELECT FROM files f WHERE f.picture_id = p.id AND ${filterCondition(filter, bind)})
     ORDER BY wanted.place`,
    values,
  );
  return rows.map(({ wanted, ...picture }) => ({ wanted, picture }));
}

async function pictureIdsOfParts(
  query: Query,
  parts: readonly PartId[],
  filter: PictureFilter,
): Promise<Array<{ readonly part: PartId; readonly picture: PictureId }>> {
  const { values, bind } = binding();
  return query(
    `SELECT wanted.id AS part, p.id AS picture
     FROM unnest(${bind(parts)}::bigint[]) WITH ORDINALITY AS wanted (id, place) ${PICTURE_OF.part}
     WHERE EXISTS (SELECT FROM files f WHERE f.picture_id = p.id AND ${filterCondition(filter, bind)})
     ORDER BY wanted.place`,
    values,
  );
}

/** One statement however many files are looked at: it is the server that is kept busy by it. */
async function matching(
  query: Query,
  filter: PictureFilter,
  limit: number,
  after: PictureId,
): Promise<PictureId[]> {
  const { values, bind } = binding();
  const rows = await query<{ id: PictureId }>(
    `SELECT DISTINCT p.id FROM files f JOIN pictures p ON p.id = f.picture_id
     WHERE p.id > ${bind(after)} AND ${filterCondition(filter, bind)} ORDER BY p.id LIMIT ${bind(limit)}`,
    values,
  );
  return rows.map(({ id }) => id);
}

async function newest(
  query: Query,
  filter: PictureFilter,
  limit: number,
  before: PictureId,
): Promise<PictureId[]> {
  const { values, bind } = binding();
  const rows = await query<{ id: PictureId }>(
    `SELECT DISTINCT p.id FROM files f JOIN pictures p ON p.id = f.picture_id
     WHERE p.id < ${bind(before)} AND ${filterCondition(filter, bind)} ORDER BY p.id DESC LIMIT ${bind(limit)}`,
    values,
  );
  return rows.map(({ id }) => id);
}

async function counts(query: Query): Promise<CatalogCounts> {
  const [row] = await query<Omit<CatalogCounts, keyof typeof NO_FAILURES>>(
    `SELECT count(DISTINCT picture_id) AS pictures, count(*) AS files,
       coalesce(sum(size_bytes), 0)::bigint AS bytes,
       (SELECT coalesce(json_object_agg(key, described), '{}') FROM
          (SELECT m.key, count(DISTINCT p.picture_id) AS described FROM models m
           LEFT JOIN vectors v ON v.model_id = m.id AND v.name = 'cls' LEFT JOIN parts p ON p.id = v.part_id
           GROUP BY m.id) AS by_model) AS described
     FROM files`,
  );
  return { ...(row as Omit<CatalogCounts, keyof typeof NO_FAILURES>), ...NO_FAILURES };
}

/** No failure is ever written: see commit-batch.ts. */
const NO_FAILURES = { failures: 0, unsupported: 0, others: 0, failedSince: 0 };

async function picturesWithSeveralFiles(query: Query): Promise<PictureId[]> {
  const rows = await query<{ id: PictureId }>(
    'SELECT picture_id AS id FROM files GROUP BY picture_id HAVING count(*) > 1 ORDER BY picture_id',
  );
  return rows.map(({ id }) => id);
}

async function groupsBy(query: Query, hash: string, condition: string): Promise<PictureId[][]> {
  const rows = await query<{ ids: PictureId[] }>(
    `SELECT array_agg(id ORDER BY id) AS ids FROM pictures p
     WHERE ${condition} AND EXISTS (SELECT FROM files WHERE picture_id = p.id)
     GROUP BY ${hash} HAVING count(*) > 1 ORDER BY min(id)`,
  );
  return rows.map(({ ids }) => ids);
}

async function withImageData(query: Query, imageDataHash: string): Promise<PictureId[]> {
  const rows = await query<{ id: PictureId }>(
    `SELECT id FROM pictures p WHERE image_data_hash = decode($1, 'hex')
       AND EXISTS (SELECT FROM files WHERE picture_id = p.id) ORDER BY id`,
    [imageDataHash],
  );
  return rows.map(({ id }) => id);
}

async function knownPixels(query: Query, ids: readonly PictureId[]): Promise<KnownPixels[]> {
  return query<KnownPixels>(
    `SELECT id AS picture, nullif(encode(pixel_hash, 'hex'), '') AS "pixelHash" FROM pictures
     WHERE id = ANY($1::bigint[]) AND ${LOOKED_AT} ORDER BY id`,
    [ids],
  );
}

/** No row of `commits`: nothing of it is in the feed. An empty hash: it cannot be compared. */
async function keepPixels(query: Query, pixels: readonly KnownPixels[]): Promise<void> {
  await query(
    `UPDATE pictures p SET pixel_hash = decode(coalesce(k."pixelHash", ''), 'hex'),
       pixel_hash_version = ${PIXEL_HASH_VERSION}
     FROM json_to_recordset($1::json) AS k (picture bigint, "pixelHash" text) WHERE p.id = k.picture`,
    [JSON.stringify(pixels)],
  );
}

function binding(): { readonly values: unknown[]; readonly bind: Bind } {
  const values: unknown[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
}
