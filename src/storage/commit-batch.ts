import type { Database } from 'better-sqlite3';
import type { CommitResult, FileMark, LedgerBatch } from '../domain/file-ledger.ts';
import type { PictureId } from '../domain/picture.ts';
import { beginCommit } from './commits.ts';
import { removeFile, removeNames, restampFile, writeFailure, writeFile } from './file-writes.ts';
import { writePicture } from './picture-writes.ts';
import { prepared } from './prepared.ts';
import { makeListedRoot } from './root-writes.ts';
import { type Place, placeOf, type StoredRoot, storedRoots } from './stored-roots.ts';

/** See FileLedger.commit; to be called inside a transaction. */
export function commitBatch(
  database: Database,
  { files, failures, restamped = [], removed, removedNames = [] }: LedgerBatch,
  cameAfter?: FileMark,
): CommitResult {
  const generation = beginCommit(database);
  const roots = storedRoots(database);
  const written = files.map((file) => {
    const picture = writePicture(database, file, generation);
    const isNew = !hasFiles(database, picture);
    writeFile(database, requirePlace(database, roots, file.stamp.path), file.stamp, picture);
    return { picture, isNew };
  });
  for (const failure of failures) {
    writeFailure(database, requirePlace(database, roots, failure.stamp.path), failure);
  }
  for (const stamp of restamped) {
    const place = placeOf(roots, stamp.path);
    if (place !== null) {
      restampFile(database, place, stamp);
    }
  }
  const left = removed.flatMap((path) => {
    const place = placeOf(roots, path);
    const picture = place === null ? null : removeFile(database, place);
    return picture === null ? [] : [picture];
  });
  if (removedNames.length > 0) {
    removeNames(database, removedNames);
  }
  return {
    moved: countMoved(database, left, cameAfter === undefined ? Number.MAX_SAFE_INTEGER : Number(cameAfter)),
    pictures: written.map(({ picture }) => picture),
    isNew: written.map(({ isNew }) => isNew),
  };
}

function hasFiles(database: Database, picture: PictureId): boolean {
  const found = prepared(database, 'SELECT 1 FROM files WHERE picture_id = ? LIMIT 1').pluck().get(picture);
  return found !== undefined;
}

/** The place of a path; the first that no root has makes one for its like. */
function requirePlace(database: Database, roots: StoredRoot[], path: string): Place {
  const place = placeOf(roots, path);
  if (place !== null) {
    return place;
  }
  roots.push(makeListedRoot(database));
  return placeOf(roots, path) as Place;
}

/** Of files that left their pictures: how many may be among the newer files that hold these, each counted once. */
function countMoved(database: Database, left: readonly PictureId[], cameAfter: number): number {
  const leftOf = new Map<PictureId, number>();
  for (const picture of left) {
    leftOf.set(picture, (leftOf.get(picture) ?? 0) + 1);
  }
  const newer = prepared(
    database,
    'SELECT count(*) FROM (SELECT 1 FROM files WHERE picture_id = ? AND id > ? LIMIT ?)',
  ).pluck();
  let moved = 0;
  for (const [picture, count] of leftOf) {
    moved += newer.get(picture, cameAfter, count) as number;
  }
  return moved;
}
