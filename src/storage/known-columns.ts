import type { Database } from 'better-sqlite3';
import { comparePaths } from '../domain/compare-paths.ts';
import type { KnownFile } from '../domain/file-ledger.ts';
import { KNOWN, type KnownPage, knownFileAt, NUMBERS_OF_KNOWN } from '../domain/known-page.ts';
import {
  type Comparison,
  devicesOf,
  type FailureRow,
  type FileRow,
  isDescribedSql,
  readFailures,
  readPage,
  toKnownFile,
  type WantedPage,
} from './known-files.ts';
import { prepared } from './prepared.ts';
import { absolutePath, type Place } from './stored-roots.ts';

/** A KnownPage on its way between threads. */
export interface KnownColumns extends Omit<KnownPage, 'names'> {
  readonly count: number;
  /** Joined by {@link BETWEEN_NAMES}: a list of texts takes long from thread to thread. */
  readonly names: string;
}

/** What no path has in it. */
export const BETWEEN_NAMES = '\0';

/** Digits of a number that every double is exactly. */
const EXACT_DIGITS = 15;

/** See KnownPage; null when the root is not there. */
export function knownColumns(database: Database, wanted: WantedPage): KnownColumns | null {
  return readPage(database, wanted, (place, rootPath, comparison, models) => {
    const { limit } = wanted;
    const columns = new Columns(rootPath, devicesOf(database), limit);
    readFiles(database, place, comparison, models, limit, (row) => columns.add(row));
    const failures = readFailures(database, place, comparison, limit);
    return (failures.length === 0 ? columns : withFailures(columns, failures, limit)).packed();
  });
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

  packed(): KnownColumns {
    const { before, names, numbers, devices, others } = this;
    return { before, count: names.length, names: names.join(BETWEEN_NAMES), numbers, devices, others };
  }
}

const takers = new WeakMap<Database, { take: (row: FileRow) => void }>();

/**
 * Hands over rows of files by a function that SQLite calls for each: an array for each row took more than twice as
 * long as reading it.
 */
function readFiles(
  database: Database,
  { rootId, path }: Place,
  comparison: Comparison,
  models: readonly string[] | null,
  limit: number,
  take: (row: FileRow) => void,
): void {
  let taker = takers.get(database);
  if (taker === undefined) {
    const added = { take };
    database.function('take_file', { varargs: true }, (...row: unknown[]) => {
      added.take(row as unknown as FileRow);
      return null;
    });
    takers.set(database, added);
    taker = added;
  }
  taker.take = take;
  const isDescribed = isDescribedSql(database, models);
  prepared(
    database,
    `SELECT take_file(path, size_bytes, modified_ms, changed_ms,
       iif(length(inode) <= ${EXACT_DIGITS}, CAST(inode AS INTEGER), inode), device_id, picture_id, ${isDescribed.sql})
     FROM files WHERE root_id = @rootId AND path ${comparison} @path ORDER BY path LIMIT @limit`,
  )
    .pluck()
    .all({ rootId, path, limit, ...isDescribed.values });
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
