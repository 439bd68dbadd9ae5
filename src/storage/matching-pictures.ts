import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { PictureFilter } from '../domain/filter.ts';
import type { PictureId } from '../domain/picture.ts';
import { FILES_OF_PICTURES, filterCondition } from './filter-condition.ts';
import { prepared } from './prepared.ts';
import { snapshot } from './snapshot.ts';
import { storedRoots } from './stored-roots.ts';

/** Ids looked at in one go when every file has to be: a few milliseconds. */
const FILTERED_WINDOW = 4_000;

/** Ids looked at in one go when any file will do. */
const WINDOW = 50_000;

/** Folders with at most so many files are gone through by their paths, all in one go. */
const FEW_FILES = 4_000;

/** Which pictures are asked for: ids above `from` up to `upTo`, at most `limit` of them, the first in their order. */
interface IdWindow {
  readonly from: PictureId;
  readonly upTo: PictureId;
  readonly limit: number;
  readonly order: 'ASC' | 'DESC';
}

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
  const last = lastId(database);
  if (hasFewFiles(database, filter)) {
    return matchingIn(database, filter, { from: after, upTo: last, limit, order: 'ASC' }, 'paths');
  }
  const step = isUnfiltered(filter) ? WINDOW : FILTERED_WINDOW;
  const ids: PictureId[] = [];
  for (let from = after; from < last && ids.length < limit; from += step) {
    const window = { from, upTo: from + step, limit: limit - ids.length, order: 'ASC' } as const;
    ids.push(...matchingIn(database, filter, window, 'pictures'));
    if (from + step < last && ids.length < limit) {
      await setImmediate();
    }
  }
  return ids;
}

/** Ids below `before` of the pictures that match, descending, likewise. */
export async function newestMatching(
  database: Database,
  filter: PictureFilter,
  limit: number,
  before: PictureId,
): Promise<PictureId[]> {
  const last = Math.min(lastId(database), before - 1);
  if (hasFewFiles(database, filter)) {
    return matchingIn(database, filter, { from: 0, upTo: last, limit, order: 'DESC' }, 'paths');
  }
  const ids: PictureId[] = [];
  for (let upTo = last; upTo > 0 && ids.length < limit; upTo -= FILTERED_WINDOW) {
    const window = { from: upTo - FILTERED_WINDOW, upTo, limit: limit - ids.length, order: 'DESC' } as const;
    ids.push(...matchingIn(database, filter, window, 'pictures'));
    if (upTo > FILTERED_WINDOW && ids.length < limit) {
      await setImmediate();
    }
  }
  return ids;
}

/** Whether every picture passes. */
export function isUnfiltered(filter: PictureFilter): boolean {
  return Object.values(filter).every((part) => part === undefined);
}

function lastId(database: Database): PictureId {
  return (prepared(database, 'SELECT max(id) FROM pictures').pluck().get() as PictureId | null) ?? 0;
}

/** Whether a filter names folders that have so few files that these are all looked at in one go. */
function hasFewFiles(database: Database, { pathPrefix }: PictureFilter): boolean {
  if (pathPrefix === undefined) {
    return false;
  }
  return snapshot(database, () => {
    const { sql, values } = filterCondition({ pathPrefix }, () => storedRoots(database));
    const found = prepared(
      database,
      `SELECT count(*) FROM (SELECT 1 FROM files f WHERE TRUE${sql} LIMIT ${FEW_FILES + 1})`,
    )
      .pluck()
      .get(values) as number;
    return found <= FEW_FILES;
  });
}

/** @param by what leads to the files that are looked at */
function matchingIn(
  database: Database,
  filter: PictureFilter,
  { order, ...window }: IdWindow,
  by: 'pictures' | 'paths',
): PictureId[] {
  return snapshot(database, () => {
    const { sql, values, needsPicture } = filterCondition(filter, () => storedRoots(database));
    const files = by === 'pictures' ? FILES_OF_PICTURES : 'files f CROSS JOIN roots r ON r.id = f.root_id';
    const id = by === 'pictures' ? 'f.picture_id' : '+f.picture_id'; // the plus keeps its index out
    return prepared(
      database,
      `SELECT DISTINCT f.picture_id FROM ${files}
         ${needsPicture ? 'CROSS JOIN pictures p ON p.id = f.picture_id' : ''}
       WHERE ${id} > @from AND ${id} <= @upTo${sql} ORDER BY f.picture_id ${order} LIMIT @limit`,
    )
      .pluck()
      .all({ ...window, ...values }) as PictureId[];
  });
}
