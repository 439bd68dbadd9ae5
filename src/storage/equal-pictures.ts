import type { Database } from 'better-sqlite3';
import { PIXEL_HASH_VERSION, type PictureId } from '../domain/picture.ts';
import { hashBlob } from './hash-blob.ts';
import { prepared } from './prepared.ts';

/** See PictureCatalog.sameImageDataGroups. */
export function sameImageDataGroups(database: Database): PictureId[][] {
  return groupsBy(database, 'image_data_hash', 'image_data_hash IS NOT NULL');
}

/** See PictureCatalog.withImageData. */
export function withImageData(database: Database, imageDataHash: string): PictureId[] {
  return prepared(
    database,
    `SELECT id FROM pictures p
     WHERE image_data_hash = ? AND EXISTS (SELECT 1 FROM files WHERE picture_id = p.id) ORDER BY id`,
  )
    .pluck()
    .all(hashBlob(imageDataHash)) as PictureId[];
}

/** See PictureCatalog.samePixelGroups. Hashes of another version are as good as none; an empty one is none at all. */
export function samePixelGroups(database: Database): PictureId[][] {
  return groupsBy(
    database,
    'pixel_hash',
    `pixel_hash_version = ${PIXEL_HASH_VERSION} AND length(pixel_hash) > 0`,
  );
}

/** Pictures with files that share a hash. */
function groupsBy(database: Database, hash: string, condition: string): PictureId[][] {
  const groups = database
    .prepare(
      `SELECT json_group_array(id) FROM
         (SELECT id, ${hash} AS hash FROM pictures p
          WHERE ${condition} AND EXISTS (SELECT 1 FROM files WHERE picture_id = p.id) ORDER BY id)
       GROUP BY hash HAVING count(*) > 1 ORDER BY min(id)`,
    )
    .pluck()
    .all() as string[];
  return groups.map((ids) => JSON.parse(ids) as PictureId[]);
}
