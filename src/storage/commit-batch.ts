import type { Database } from 'better-sqlite3';
import type { CommitResult, LedgerBatch } from '../domain/file-ledger.ts';
import { beginCommit } from './commits.ts';
import { removeFile, removeNames, restampFile, writeFailure, writeFile } from './file-writes.ts';
import { writePicture } from './picture-writes.ts';
import { makeListedRoot } from './root-writes.ts';
import { type Place, placeOf, type StoredRoot, storedRoots } from './stored-roots.ts';

/** See FileLedger.commit; to be called inside a transaction. */
export function commitBatch(
  database: Database,
  { files, failures, restamped = [], removed, removedNames = [] }: LedgerBatch,
): CommitResult {
  const generation = beginCommit(database);
  const roots = storedRoots(database);
  const pictures = files.map((file) => {
    const picture = writePicture(database, file, generation);
    writeFile(database, requirePlace(database, roots, file.stamp.path), file.stamp, picture);
    return picture;
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
  return { left, pictures };
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
