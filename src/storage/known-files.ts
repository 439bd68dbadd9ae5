import type { Database } from 'better-sqlite3';
import { comparePaths } from '../domain/compare-paths.ts';
import type { FailureCode, Retry } from '../domain/failure.ts';
import type { KnownFile } from '../domain/file-ledger.ts';
import type { PictureId } from '../domain/picture.ts';
import type { RootId } from '../domain/roots.ts';
import { lastGeneration } from './commits.ts';
import { modelRow } from './model-rows.ts';
import { prepared } from './prepared.ts';
import { snapshot } from './snapshot.ts';
import { absolutePath, type Place, placeOf, storedRoots } from './stored-roots.ts';

/** Files read in one go: some 5 milliseconds. */
export const KNOWN_FILES_PAGE = 1_000;

/** Which files are read in one go, and what is asked about them. */
export interface WantedPage {
  readonly rootId: RootId;
  readonly modelKeys: readonly string[];
  /** Absolute path of the last one known already; null for the first page. */
  readonly after: string | null;
  /** See allDescribedAt; null when it is not known. */
  readonly allDescribed: number | null;
  /** How many at most. */
  readonly limit: number;
}

/** Column by column: an object for each row took as long as reading it. */
type StampRow = readonly [
  path: string,
  sizeBytes: number,
  modifiedMs: number,
  changedMs: number | null,
  inode: string | number | null,
  device: number | null,
];
export type FileRow = readonly [...StampRow, pictureId: PictureId, isDescribed: number];
export type FailureRow = readonly [...StampRow, retry: Retry, conditions: string, code: FailureCode];

export type Comparison = '=' | '>=' | '>';

const STAMP = 'path, size_bytes, modified_ms, changed_ms, inode, device_id';

const IS_DESCRIBED = `(SELECT count(*) FROM parts p JOIN vectors v ON v.part_id = p.id
  WHERE p.picture_id = files.picture_id AND p.kind = 'whole' AND v.name = 'cls'
    AND v.model_id IN (SELECT value FROM json_each(@models))) = @asked`;

function filesSql(comparison: Comparison, isDescribed: string): string {
  return `SELECT ${STAMP}, picture_id, ${isDescribed} FROM files
    WHERE root_id = @rootId AND path ${comparison} @path ORDER BY path LIMIT @limit`;
}

function failuresSql(comparison: Comparison): string {
  return `SELECT ${STAMP}, retry, conditions, code FROM failures
    WHERE root_id = @rootId AND path ${comparison} @path AND raw_path = x'' ORDER BY path LIMIT @limit`;
}

/** A page of what is known of a root's paths, ascending. */
export function knownFilesPage(database: Database, wanted: WantedPage): KnownFile[] {
  return (
    readPage(database, wanted, (place, rootPath, comparison, models) =>
      readKnown(database, place, rootPath, comparison, models, wanted.limit),
    ) ?? []
  );
}

/**
 * Reads a page in one transaction.
 * @param read told the place to begin at, the root's path, and the models that pictures may lack; these are null when
 *   all pictures are known to be described
 * @returns null when the root is not there
 */
export function readPage<Page>(
  database: Database,
  { rootId, modelKeys, after, allDescribed }: WantedPage,
  read: (place: Place, rootPath: string, comparison: Comparison, models: readonly string[] | null) => Page,
): Page | null {
  return snapshot(database, () => {
    const root = storedRoots(database).find(({ id }) => id === rootId);
    if (root === undefined) {
      return null;
    }
    const path = after === null || after === root.path ? '' : after.slice(root.path.length + 1);
    const comparison = after === null ? '>=' : '>';
    const models = allDescribed === lastGeneration(database) ? null : modelKeys;
    return read({ rootId, path }, root.path, comparison, models);
  });
}

/** See FileLedger.knownFile. */
export function knownFile(database: Database, path: string, modelKeys: readonly string[]): KnownFile | null {
  return snapshot(database, () => {
    const roots = storedRoots(database);
    const place = placeOf(roots, path);
    const root = roots.find(({ id }) => id === place?.rootId);
    const [known = null] =
      place === null || root === undefined ? [] : readKnown(database, place, root.path, '=', modelKeys, 1);
    return known;
  });
}

/** @param modelKeys null when all pictures are known to be described */
function readKnown(
  database: Database,
  place: Place,
  rootPath: string,
  comparison: Comparison,
  modelKeys: readonly string[] | null,
  limit: number,
): KnownFile[] {
  const isDescribed = isDescribedSql(database, modelKeys);
  const files = prepared(database, filesSql(comparison, isDescribed.sql))
    .raw()
    .all({ ...place, limit, ...isDescribed.values }) as FileRow[];
  const failures = readFailures(database, place, comparison, limit);
  return merge(files, failures, limit, rootPath, devicesOf(database));
}

/** Of a row of `files`: 1 when its picture has descriptors of all these models. */
export function isDescribedSql(
  database: Database,
  modelKeys: readonly string[] | null,
): { readonly sql: string; readonly values: Readonly<Record<string, unknown>> } {
  if (modelKeys === null) {
    return { sql: '1', values: {} };
  }
  const asked = new Set(modelKeys);
  const models = [...asked].map((key) => modelRow(database, key));
  return { sql: IS_DESCRIBED, values: { models: JSON.stringify(models), asked: asked.size } };
}

export function readFailures(
  database: Database,
  place: Place,
  comparison: Comparison,
  limit: number,
): FailureRow[] {
  return prepared(database, failuresSql(comparison))
    .raw()
    .all({ ...place, limit }) as FailureRow[];
}

/** Names of devices by their row ids. */
export function devicesOf(database: Database): Map<number, string> {
  return new Map(
    prepared(database, 'SELECT id, identity FROM devices').raw().all() as Array<[number, string]>,
  );
}

/** The first of both by path; a page of each has at least as many. */
function merge(
  files: readonly FileRow[],
  failures: readonly FailureRow[],
  limit: number,
  rootPath: string,
  devices: ReadonlyMap<number, string>,
): KnownFile[] {
  const known: KnownFile[] = [];
  let [f, x] = [0, 0];
  while (known.length < limit && f + x < files.length + failures.length) {
    const order = compareRows(files[f], failures[x]);
    const file = order <= 0 ? files[f++] : undefined;
    const failure = order >= 0 ? failures[x++] : undefined;
    known.push(toKnownFile(file, failure, rootPath, devices));
  }
  return known;
}

/** One that is not there comes last. */
function compareRows(file: FileRow | undefined, failure: FailureRow | undefined): number {
  if (failure === undefined) {
    return -1;
  }
  return file === undefined ? 1 : comparePaths(file[0], failure[0]);
}

export function toKnownFile(
  file: FileRow | undefined,
  failure: FailureRow | undefined,
  rootPath: string,
  devices: ReadonlyMap<number, string>,
): KnownFile {
  const path = absolutePath(rootPath, (file ?? failure)?.[0] ?? '');
  const stampOf = (row: FileRow | FailureRow) => ({
    path,
    sizeBytes: row[1],
    modifiedMs: row[2],
    changedMs: row[3],
    inode: row[4] === null ? null : String(row[4]),
    device: row[5] === null ? null : (devices.get(row[5]) ?? null),
  });
  return {
    path,
    indexed: file ? { stamp: stampOf(file), pictureId: file[6], isDescribed: file[7] === 1 } : null,
    failure: failure
      ? { stamp: stampOf(failure), retry: failure[6], conditions: failure[7], code: failure[8] }
      : null,
  };
}
