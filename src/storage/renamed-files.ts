import type { Database } from 'better-sqlite3';
import { prepared } from './prepared.ts';
import { snapshot } from './snapshot.ts';
import { placeOf, storedRoots } from './stored-roots.ts';

const NEWER_NAME = `
  SELECT EXISTS (
    SELECT 1 FROM files f JOIN files newer
      ON newer.inode = f.inode AND newer.device_id = f.device_id AND newer.picture_id = f.picture_id
    WHERE f.root_id = @rootId AND f.path = @path AND newer.id > @cameAfter AND newer.id <> f.id)`;

/** See FileLedger.renamed. The picture counts too: the inode of a deleted file is soon given to another one. */
export function renamedFiles(database: Database, paths: readonly string[], cameAfter: number): string[] {
  return snapshot(database, () => {
    const roots = storedRoots(database);
    const hasNewerName = prepared(database, NEWER_NAME).pluck();
    return paths.filter((path) => {
      const place = placeOf(roots, path);
      return place !== null && hasNewerName.get({ ...place, cameAfter }) === 1;
    });
  });
}
