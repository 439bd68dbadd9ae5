import type { Database } from 'better-sqlite3';
import type { PictureId } from '../domain/picture.ts';
import { prepared } from './prepared.ts';

/** See PictureCatalog.newest. Along the index of files, so that pictures that lost theirs are not even looked at. */
export function newestPictures(database: Database, limit: number, before: PictureId): PictureId[] {
  return prepared(
    database,
    `SELECT DISTINCT picture_id FROM files INDEXED BY files_by_picture
     WHERE picture_id < ? ORDER BY picture_id DESC LIMIT ?`,
  )
    .pluck()
    .all(before, limit) as PictureId[];
}
