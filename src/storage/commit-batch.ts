import type { Database } from 'better-sqlite3';
import type { CommitResult, LedgerBatch } from '../domain/file-ledger.ts';
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
    const pictureId = place === null ? null : removeFile(database, place);
    return pictureId === null ? [] : [{ path, pictureId }];
  });
  if (removedNames.length > 0) {
    removeNames(database, removedNames);
  }
  return {
    left,
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
