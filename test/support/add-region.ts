import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { PartId, PictureId } from '../../src/domain/picture.ts';

/** Gives a picture a part of its own, the left half, past the program. It has no vectors yet. */
export function addRegion(library: string, picture: PictureId): PartId {
  const database = new Database(join(library, 'catalog.sqlite'));
  try {
    return database
      .prepare(
        `INSERT INTO parts (picture_id, kind, x, y, width, height) VALUES (?, 'region', 0, 0, 0.5, 1) RETURNING id`,
      )
      .pluck()
      .get(picture) as PartId;
  } finally {
    database.close();
  }
}
