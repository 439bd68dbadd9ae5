import type { Database } from 'better-sqlite3';
import type { FailureCode, Retry } from '../domain/failure.ts';
import type { KnownFile } from '../domain/file-ledger.ts';
import type { PictureId } from '../domain/picture.ts';
import type { RootId } from '../domain/roots.ts';
import { modelRow } from './model-rows.ts';
import { prepared } from './prepared.ts';
import { snapshot } from './snapshot.ts';
import { absolutePath, type Place, placeOf, storedRoots } from './stored-roots.ts';

/** Files read in one go: some 10 milliseconds. */
export const KNOWN_FILES_PAGE = 1_000;

/** A file with the failure at its path, column by column: an object for each row took as long as reading it. */
type KnownRow = readonly [
  path: string,
  pictureId: PictureId | null,
  sizeBytes: number,
  modifiedMs: number,
  changedMs: number | null,
  inode: string | null,
  device: string | null,
  isDescribed: number,
  retry: Retry | null,
  conditions: string,
  failedSizeBytes: number,
  failedModifiedMs: number,
  failedChangedMs: number | null,
  failedInode: string | null,
  failedDevice: string | null,
  code: FailureCode,
];

/** The paths of a root's files and failures, ascending; `@path` is where they begin. */
function pathsFrom(comparison: '=' | '>=' | '>'): string {
  const chosen = `root_id = @rootId AND path ${comparison} @path`;
  return `SELECT path FROM files WHERE ${chosen}
    UNION SELECT path FROM failures WHERE ${chosen} AND raw_path = x''
    ORDER BY path LIMIT ${KNOWN_FILES_PAGE}`;
}

function knownSql(comparison: '=' | '>=' | '>'): string {
  return `
    SELECT known.path, f.picture_id, f.size_bytes, f.modified_ms, f.changed_ms, f.inode, fd.identity,
      (SELECT count(*) FROM parts p JOIN vectors v ON v.part_id = p.id
       WHERE p.picture_id = f.picture_id AND p.kind = 'whole' AND v.name = 'cls'
         AND v.model_id IN (SELECT value FROM json_each(@models))) = @asked,
      x.retry, x.conditions, x.size_bytes, x.modified_ms, x.changed_ms, x.inode, xd.identity, x.code
    FROM (${pathsFrom(comparison)}) known
      LEFT JOIN files f ON f.root_id = @rootId AND f.path = known.path
      LEFT JOIN devices fd ON fd.id = f.device_id
      LEFT JOIN failures x ON x.root_id = @rootId AND x.path = known.path AND x.raw_path = x''
      LEFT JOIN devices xd ON xd.id = x.device_id
    ORDER BY known.path`;
}

/**
 * A page of what is known of a root's paths, ascending.
 * @param after absolute path of the last one known already; null for the first page
 */
export function knownFilesPage(
  database: Database,
  rootId: RootId,
  modelKeys: readonly string[],
  after: string | null,
): KnownFile[] {
  return snapshot(database, () => {
    const root = storedRoots(database).find(({ id }) => id === rootId);
    if (root === undefined) {
      return [];
    }
    const path = after === null || after === root.path ? '' : after.slice(root.path.length + 1);
    return readKnown(database, { rootId, path }, root.path, after === null ? '>=' : '>', modelKeys);
  });
}

/** See FileLedger.knownFile. */
export function knownFile(database: Database, path: string, modelKeys: readonly string[]): KnownFile | null {
  return snapshot(database, () => {
    const roots = storedRoots(database);
    const place = placeOf(roots, path);
    const root = roots.find(({ id }) => id === place?.rootId);
    const [known = null] =
      place === null || root === undefined ? [] : readKnown(database, place, root.path, '=', modelKeys);
    return known;
  });
}

function readKnown(
  database: Database,
  place: Place,
  rootPath: string,
  comparison: '=' | '>=' | '>',
  modelKeys: readonly string[],
): KnownFile[] {
  const asked = new Set(modelKeys);
  const models = [...asked].map((key) => modelRow(database, key));
  const rows = prepared(database, knownSql(comparison))
    .raw()
    .all({ ...place, models: JSON.stringify(models), asked: asked.size }) as KnownRow[];
  return rows.map((row) => toKnownFile(absolutePath(rootPath, row[0]), row));
}

function toKnownFile(path: string, row: KnownRow): KnownFile {
  return {
    path,
    indexed:
      row[1] === null
        ? null
        : {
            stamp: {
              path,
              sizeBytes: row[2],
              modifiedMs: row[3],
              changedMs: row[4],
              inode: row[5],
              device: row[6],
            },
            pictureId: row[1],
            isDescribed: row[7] === 1,
          },
    failure:
      row[8] === null
        ? null
        : {
            stamp: {
              path,
              sizeBytes: row[10],
              modifiedMs: row[11],
              changedMs: row[12],
              inode: row[13],
              device: row[14],
            },
            code: row[15],
            retry: row[8],
            conditions: row[9],
          },
  };
}
