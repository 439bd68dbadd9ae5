import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { PictureFilter } from '../domain/filter.ts';
import type { PartId, PictureId } from '../domain/picture.ts';
import { FILES_OF_PICTURES, filterCondition } from './filter-condition.ts';
import { prepared } from './prepared.ts';
import { snapshot } from './snapshot.ts';
import { storedRoots } from './stored-roots.ts';

/** Parts looked up in one go: a few milliseconds. */
const PARTS_AT_ONCE = 2_000;

/** A part and the picture that it is of. */
export interface PictureOfPart {
  readonly part: PartId;
  readonly picture: PictureId;
}

/** See PictureCatalog.pictureIdsOfParts. */
export async function pictureIdsOfParts(
  database: Database,
  parts: readonly PartId[],
  filter: PictureFilter,
): Promise<PictureOfPart[]> {
  const found: PictureOfPart[] = [];
  for (let i = 0; i < parts.length; i += PARTS_AT_ONCE) {
    if (i > 0) {
      await setImmediate();
    }
    found.push(...readParts(database, parts.slice(i, i + PARTS_AT_ONCE), filter));
  }
  return found;
}

function readParts(database: Database, parts: readonly PartId[], filter: PictureFilter): PictureOfPart[] {
  return snapshot(database, () => {
    const { sql, values, needsPicture } = filterCondition(filter, () => storedRoots(database));
    return prepared(
      database,
      `SELECT wanted.value AS part, parts.picture_id AS picture
       FROM json_each(@parts) wanted CROSS JOIN parts ON parts.id = wanted.value
       WHERE EXISTS (SELECT 1 FROM ${FILES_OF_PICTURES}
         ${needsPicture ? 'CROSS JOIN pictures p ON p.id = f.picture_id' : ''}
         WHERE f.picture_id = parts.picture_id${sql})
       ORDER BY wanted.key`,
    ).all({ parts: JSON.stringify(parts), ...values }) as PictureOfPart[];
  });
}
