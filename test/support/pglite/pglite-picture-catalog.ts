import type { PictureFilter } from '../../../src/domain/filter.ts';
import { PIXEL_HASH_VERSION, type PictureId } from '../../../src/domain/picture.ts';
import type { CatalogCounts, CatalogPicture, PictureCatalog } from '../../../src/domain/picture-catalog.ts';
import { type Bind, filterCondition } from './filter-condition.ts';
import type { PgliteConnection, Query } from './pglite-connection.ts';

/** What ids are ids of, and how a picture is found by them. */
const PICTURE_OF = {
  picture: 'JOIN pictures p ON p.id = wanted.id',
  part: 'JOIN parts ON parts.id = wanted.id JOIN pictures p ON p.id = parts.picture_id',
};

export function pglitePictureCatalog({ read }: PgliteConnection): PictureCatalog {
  return {
    pictures: async (ids, filter = {}) => {
      const found = await read((query) => picturesBy('picture', query, ids, filter));
      return found.map(({ picture }) => picture);
    },
    picturesOfParts: async (parts, filter = {}) => {
      const found = await read((query) => picturesBy('part', query, parts, filter));
      return found.map(({ wanted, picture }) => ({ part: wanted, picture }));
    },
    matching: (filter, limit, after = 0) => read((query) => matching(query, filter, limit, after)),
    counts: () => read(counts),
    picturesWithSeveralFiles: () => read(picturesWithSeveralFiles),
    samePixelGroups: () => read(samePixelGroups),
    countUnknownPixels: () => read(countUnknownPixels),
  };
}

/** Pictures in the order of `ids`; those without files, or that the filter leaves out, are left out. */
async function picturesBy(
  kind: keyof typeof PICTURE_OF,
  query: Query,
  ids: readonly number[],
  filter: PictureFilter,
): Promise<Array<{ readonly wanted: number; readonly picture: CatalogPicture }>> {
  const { values, bind } = binding();
  const rows = await query<CatalogPicture & { wanted: number }>(
    `SELECT wanted.id AS wanted, p.id, encode(p.content_hash, 'hex') AS "contentHash", p.size_bytes AS "sizeBytes",
       p.format, p.width, p.height, p.pages, p.bit_depth AS "bitDepth",
       CASE WHEN p.pixel_hash_version = ${PIXEL_HASH_VERSION} THEN encode(p.pixel_hash, 'hex') END AS "pixelHash",
       encode(p.image_data_hash, 'hex') AS "imageDataHash", p.taken_at AS "takenAt", p.camera, p.latitude,
       p.longitude,
       (SELECT json_agg(json_build_object('path', path, 'identity', device || ' ' || inode) ORDER BY path)
        FROM files WHERE picture_id = p.id) AS files
     FROM unnest(${bind(ids)}::bigint[]) WITH ORDINALITY AS wanted (id, place) ${PICTURE_OF[kind]}
     WHERE EXISTS (SELECT FROM files f WHERE f.picture_id = p.id AND ${filterCondition(filter, bind)})
     ORDER BY wanted.place`,
    values,
  );
  return rows.map(({ wanted, ...picture }) => ({ wanted, picture }));
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

async function counts(query: Query): Promise<CatalogCounts> {
  const [row] = await query<Omit<CatalogCounts, 'failures'>>(
    `SELECT count(DISTINCT picture_id) AS pictures, count(*) AS files,
       coalesce(sum(size_bytes), 0)::bigint AS bytes,
       (SELECT coalesce(json_object_agg(key, described), '{}') FROM
          (SELECT m.key, count(DISTINCT p.picture_id) AS described FROM models m
           LEFT JOIN vectors v ON v.model_id = m.id AND v.name = 'cls' LEFT JOIN parts p ON p.id = v.part_id
           GROUP BY m.id) AS by_model) AS described
     FROM files`,
  );
  // No failure is ever written: see commit-batch.ts.
  return { ...(row as Omit<CatalogCounts, 'failures'>), failures: 0 };
}

async function picturesWithSeveralFiles(query: Query): Promise<PictureId[]> {
  const rows = await query<{ id: PictureId }>(
    'SELECT picture_id AS id FROM files GROUP BY picture_id HAVING count(*) > 1 ORDER BY picture_id',
  );
  return rows.map(({ id }) => id);
}

async function samePixelGroups(query: Query): Promise<PictureId[][]> {
  const rows = await query<{ ids: PictureId[] }>(
    `SELECT array_agg(id ORDER BY id) AS ids FROM pictures p
     WHERE pixel_hash_version = ${PIXEL_HASH_VERSION} AND EXISTS (SELECT FROM files WHERE picture_id = p.id)
     GROUP BY pixel_hash HAVING count(*) > 1 ORDER BY min(id)`,
  );
  return rows.map(({ ids }) => ids);
}

async function countUnknownPixels(query: Query): Promise<number> {
  const [row] = await query<{ count: number }>(
    `SELECT count(*) AS count FROM pictures p WHERE pixel_hash_version IS DISTINCT FROM ${PIXEL_HASH_VERSION}
       AND EXISTS (SELECT FROM files WHERE picture_id = p.id)`,
  );
  return row?.count ?? 0;
}

function binding(): { readonly values: unknown[]; readonly bind: Bind } {
  const values: unknown[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
}
