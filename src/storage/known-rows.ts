import type { Database } from 'better-sqlite3';
import { comparePaths } from '../domain/compare-paths.ts';
import type { FailureCode, Retry } from '../domain/failure.ts';
import type { KnownFile } from '../domain/file-ledger.ts';
import { KNOWN, type KnownPage, knownFileAt, NUMBERS_OF_KNOWN } from '../domain/known-page.ts';
import type { PictureId } from '../domain/picture.ts';
import { modelRow } from './model-rows.ts';
import { prepared } from './prepared.ts';
import { absolutePath, type Place } from './stored-roots.ts';

/** Digits of a number that every double is exactly. */
const EXACT_DIGITS = 15;

/** Column by column; an inode as a number where it is one exactly. */
type StampRow = readonly [
  path: string,
  sizeBytes: number,
  modifiedMs: number,
  changedMs: number | null,
  inode: string | number | null,
  device: number | null,
];
type FileRow = readonly [...StampRow, pictureId: PictureId, isDescribed: number];
type FailureRow = readonly [...StampRow, retry: Retry, conditions: string, code: FailureCode];

type Comparison = '=' | '>=' | '>';

const STAMP = `path, size_bytes, modified_ms, changed_ms,
  iif(length(inode) <= ${EXACT_DIGITS}, CAST(inode AS INTEGER), inode), device_id`;

const IS_DESCRIBED = `(SELECT count(*) FROM parts p JOIN vectors v ON v.part_id = p.id
  WHERE p.picture_id = files.picture_id AND p.kind = 'whole' AND v.name = 'cls'
    AND v.model_id IN (SELECT value FROM json_each(@models))) = @asked`;

function filesSql(comparison: Comparison, isDescribed: string): string {
  return `SELECT take_file(${STAMP}, picture_id, ${isDescribed}) FROM files
    WHERE root_id = @rootId AND path ${comparison} @path ORDER BY path LIMIT @limit`;
}

function failuresSql(comparison: Comparison): string {
  return `SELECT ${STAMP}, retry, conditions, code FROM failures
    WHERE root_id = @rootId AND path ${comparison} @path AND raw_path = x'' ORDER BY path LIMIT @limit`;
}

/** Which rows are read. */
export interface WantedRows {
  /** With the place's path. */
  readonly comparison: Comparison;
  /** Models that pictures may lack; null when all pictures are known to be described. */
  readonly models: readonly string[] | null;
  readonly limit: number;
}

/** What is known of paths of a root from a place on, ascending; to be called in one transaction. */
export function knownRows(
  database: Database,
  place: Place,
  rootPath: string,
  { comparison, models, limit }: WantedRows,
): KnownPage {
  const columns = new Columns(rootPath, devicesOf(database), limit);
  const isDescribed = isDescribedSql(database, models);
  takeFiles(
    database,
    filesSql(comparison, isDescribed.sql),
    { ...place, limit, ...isDescribed.values },
    (row) => columns.add(row),
  );
  const failures = prepared(database, failuresSql(comparison))
    .raw()
    .all({ ...place, limit }) as FailureRow[];
  return failures.length === 0 ? columns : withFailures(columns, failures, limit);
}

/** What is known of paths of one root, ascending. */
class Columns implements KnownPage {
  readonly before: string;
  readonly names: string[] = [];
  readonly numbers: Float64Array;
  readonly devices: readonly string[];
  readonly others = new Map<number, KnownFile>();
  readonly rootPath: string;
  readonly devicesById: ReadonlyMap<number, string>;
  readonly #places: ReadonlyMap<number | null, number>;

  constructor(rootPath: string, devicesById: ReadonlyMap<number, string>, limit: number) {
    this.rootPath = rootPath;
    this.before = absolutePath(rootPath, '.').slice(0, -1);
    this.numbers = new Float64Array(limit * NUMBERS_OF_KNOWN).fill(Number.NaN);
    this.devicesById = devicesById;
    this.devices = [...devicesById.values()];
    this.#places = new Map([...devicesById.keys()].map((id, place) => [id, place]));
  }

  add(row: FileRow): void {
    const [name, sizeBytes, modifiedMs, changedMs, inode, device, pictureId, isDescribed] = row;
    if (name === '' || changedMs === null || typeof inode === 'string' || isDescribed !== 1) {
      this.addOther(name, toKnownFile(row, undefined, this.rootPath, this.devicesById));
      return;
    }
    const first = (this.names.push(name) - 1) * NUMBERS_OF_KNOWN;
    this.numbers[first + KNOWN.sizeBytes] = sizeBytes;
    this.numbers[first + KNOWN.modifiedMs] = modifiedMs;
    this.numbers[first + KNOWN.changedMs] = changedMs;
    this.numbers[first + KNOWN.inode] = inode ?? Number.NaN;
    this.numbers[first + KNOWN.device] = this.#places.get(device) ?? -1;
    this.numbers[first + KNOWN.pictureId] = pictureId;
  }

  addOther(name: string, known: KnownFile): void {
    this.others.set(this.names.push(name) - 1, known);
  }

  /** Adds one of other columns. */
  addFrom(columns: Columns, at: number): void {
    const name = columns.names[at] as string;
    const other = columns.others.get(at);
    if (other !== undefined) {
      this.addOther(name, other);
      return;
    }
    const first = (this.names.push(name) - 1) * NUMBERS_OF_KNOWN;
    this.numbers.set(columns.numbers.subarray(at * NUMBERS_OF_KNOWN, (at + 1) * NUMBERS_OF_KNOWN), first);
  }
}

/** Who takes the rows of a database that are read just now. */
interface Taker {
  take(row: FileRow): void;
}

const takers = new WeakMap<Database, Taker>();

/**
 * Hands over rows of files by a function that SQLite calls for each: an array for each row took more than twice as
 * long as reading it.
 */
function takeFiles(
  database: Database,
  sql: string,
  values: Readonly<Record<string, unknown>>,
  take: (row: FileRow) => void,
): void {
  const taker = takers.get(database) ?? addTaker(database);
  taker.take = take;
  prepared(database, sql).pluck().all(values);
}

function addTaker(database: Database): Taker {
  const taker: Taker = { take() {} };
  database.function('take_file', { varargs: true }, (...row: unknown[]) => {
    taker.take(row as unknown as FileRow);
    return null;
  });
  takers.set(database, taker);
  return taker;
}

/** Of a row of `files`: 1 when its picture has descriptors of all these models. */
function isDescribedSql(
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

/** Names of devices by their row ids. */
function devicesOf(database: Database): Map<number, string> {
  return new Map(
    prepared(database, 'SELECT id, identity FROM devices').raw().all() as Array<[number, string]>,
  );
}

/** The first of both by path; a page of each has at least as many. */
function withFailures(files: Columns, failures: readonly FailureRow[], limit: number): Columns {
  const { rootPath, devicesById } = files;
  const merged = new Columns(rootPath, devicesById, limit);
  let [f, x] = [0, 0];
  while (merged.names.length < limit && f + x < files.names.length + failures.length) {
    const [name, failed] = [files.names[f], failures[x]];
    if (failed === undefined || (name !== undefined && comparePaths(name, failed[0]) < 0)) {
      merged.addFrom(files, f++);
    } else {
      const known = toKnownFile(undefined, failed, rootPath, devicesById);
      x++;
      const { indexed } = name === failed[0] ? knownFileAt(files, f++) : known;
      merged.addOther(failed[0], { ...known, indexed });
    }
  }
  return merged;
}

function toKnownFile(
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
