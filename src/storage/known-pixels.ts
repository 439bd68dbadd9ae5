import type { Database } from 'better-sqlite3';
import { PIXEL_HASH_VERSION, type PictureId } from '../domain/picture.ts';
import type { KnownPixels } from '../domain/picture-catalog.ts';
import { hashBlob } from './hash-blob.ts';
import { prepared } from './prepared.ts';

/** Kept for a picture whose pixels cannot be compared, so that it is not decoded again to learn the same. */
const INCOMPARABLE = Buffer.alloc(0);

/** See PictureCatalog.knownPixels. */
export function knownPixels(database: Database, ids: readonly PictureId[]): KnownPixels[] {
  const rows = prepared(
    database,
    `SELECT id, lower(hex(pixel_hash)) FROM pictures
     WHERE id IN (SELECT value FROM json_each(?)) AND pixel_hash_version = ${PIXEL_HASH_VERSION} ORDER BY id`,
  )
    .raw()
    .all(JSON.stringify(ids)) as Array<[PictureId, string]>;
  return rows.map(([picture, hash]) => ({ picture, pixelHash: hash === '' ? null : hash }));
}

/**
 * See PictureCatalog.keepPixels; to be called inside a transaction. It begins no commit: nothing of it is in the feed,
 * and what was computed of the library as it is stays true.
 */
export function keepPixels(database: Database, pixels: readonly KnownPixels[]): void {
  const statement = prepared(
    database,
    'UPDATE pictures SET pixel_hash = ?, pixel_hash_version = ? WHERE id = ?',
  );
  for (const { picture, pixelHash } of pixels) {
    statement.run(pixelHash === null ? INCOMPARABLE : hashBlob(pixelHash), PIXEL_HASH_VERSION, picture);
  }
}
