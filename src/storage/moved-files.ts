import type { Database } from 'better-sqlite3';
import type { FormerName, NewerFile, WantedNewer } from '../domain/file-ledger.ts';
import { prepared } from './prepared.ts';
import { snapshot } from './snapshot.ts';
import { ABSOLUTE_PATH } from './stored-roots.ts';

/** Newer files looked at in one go. */
const NEWER_FILES_PAGE = 1_000;

/** See FileLedger.newerFiles. */
export function newerFiles(
  database: Database,
  wanted: readonly WantedNewer[],
  cameAfter: number,
): NewerFile[] {
  const newer = prepared(
    database,
    `SELECT f.picture_id AS pictureId, ${ABSOLUTE_PATH} AS path FROM files f JOIN roots r ON r.id = f.root_id
     WHERE f.picture_id = @pictureId AND f.id > @cameAfter AND r.kind <> 'uploads'
     ORDER BY f.id LIMIT @most OFFSET @skip`,
  );
  return snapshot(database, () => wanted.flatMap((one) => newer.all({ ...one, cameAfter }) as NewerFile[]));
}

/** A file that came since a mark, with another name of it from before, if there is one. */
export interface NewerRow {
  readonly newerId: number;
  readonly former: FormerName | null;
}

/**
 * A page of the files that came since a mark, by ascending id; a file with several former names has a row for each. The
 * picture counts too: the inode of a deleted file is soon given to another one.
 * @param after id of the last newer file of the page before; the mark for the first page
 */
export function formerNamesPage(database: Database, cameAfter: number, after: number): NewerRow[] {
  const rows = prepared(
    database,
    `SELECT newer.id, ${absolute('newer', 'newer_root')}, newer.picture_id, ${absolute('former', 'former_root')},
       newer_root.kind = 'uploads' OR former_root.kind = 'uploads'
     FROM (SELECT * FROM files WHERE id > @after ORDER BY id LIMIT ${NEWER_FILES_PAGE}) newer
       JOIN roots newer_root ON newer_root.id = newer.root_id
       LEFT JOIN files former ON former.inode = newer.inode AND former.device_id = newer.device_id
         AND former.picture_id = newer.picture_id AND former.id <= @cameAfter
       LEFT JOIN roots former_root ON former_root.id = former.root_id
     ORDER BY newer.id, former.id`,
  )
    .raw()
    .all({ cameAfter, after }) as NewerColumns[];
  return rows.map(([newerId, newer, pictureId, path, isUpload]) => ({
    newerId,
    former: path === null || isUpload === 1 ? null : { path, newer, pictureId },
  }));
}

type NewerColumns = readonly [
  id: number,
  path: string,
  pictureId: number,
  formerPath: string | null,
  isUpload: number | null,
];

/** See ABSOLUTE_PATH; of tables by these names. */
function absolute(file: string, root: string): string {
  return ABSOLUTE_PATH.replaceAll(/\b([fr])\./g, (_, table) => `${table === 'f' ? file : root}.`);
}
