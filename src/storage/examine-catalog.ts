import { statSync } from 'node:fs';
import Database, { SqliteError } from 'better-sqlite3';
import { problemOfHeader } from './catalog-header.ts';
import { findLogDamage } from './log-damage.ts';

/** What a catalog file looks like from outside. */
export interface CatalogExamination {
  /** What is wrong with it, one sentence each; empty when its pages are sound, or nobody can tell at present. */
  readonly problems: readonly string[];
  /** Folders that it names, as far as they can be read. */
  readonly roots: readonly string[];
  /** What is in it and nowhere else, as far as it can be counted; null when it cannot. */
  readonly decisions: number | null;
}

const NOTHING_READ = { roots: [], decisions: null };

/** Problems of pages that are told; a damaged file has thousands. */
const MOST_PROBLEMS = 5;

/** How long others that write are waited for, milliseconds. */
const TIMEOUT_MS = 10_000;

/**
 * Looks at a catalog file without changing anything, whatever is in it: a library is opened for writing, which with a
 * damaged file could make things worse. Reads all of it. Not to be called while this process has it open.
 * @throws EISDIR and the like when it cannot be read at all
 */
export function examineCatalog(file: string): CatalogExamination {
  const log = `${file}-wal`;
  const hasLog = (statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 0;
  const header = problemOfHeader(file, hasLog);
  // Twice: of a log that another process is writing to, a frame may be half there.
  const damage = findLogDamage(log) === null ? null : findLogDamage(log);
  const problems = [header, damage].filter((problem) => problem !== null);
  return header === null ? withPages(file, problems) : { problems, ...NOTHING_READ };
}

function withPages(file: string, problems: readonly string[]): CatalogExamination {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { readonly: true, fileMustExist: true, timeout: TIMEOUT_MS });
    const found = [...problems, ...problemsOfPages(database)];
    return found.length === 0
      ? { problems: [], ...NOTHING_READ }
      : { problems: found, ...readable(database) };
  } catch (error) {
    if (!(error instanceof SqliteError)) {
      throw error;
    }
    return { problems: isDamage(error) ? [...problems, describe(error)] : problems, ...NOTHING_READ };
  } finally {
    database?.close();
  }
}

function problemsOfPages(database: Database.Database): string[] {
  try {
    const rows = database.pragma(`quick_check(${MOST_PROBLEMS})`) as Array<{ quick_check: string }>;
    const lines = rows.map((row) => row.quick_check).filter((line) => line !== 'ok');
    return lines.slice(0, MOST_PROBLEMS).map((line) => `${line.replaceAll('\n', ' ')}.`);
  } catch (error) {
    if (error instanceof SqliteError && isDamage(error)) {
      return [describe(error)];
    }
    throw error;
  }
}

function readable(database: Database.Database): Pick<CatalogExamination, 'roots' | 'decisions'> {
  return {
    roots: tryToRead(database, "SELECT path FROM roots WHERE kind = 'named' ORDER BY path") as string[],
    decisions: (tryToRead(database, 'SELECT count(*) FROM decisions')[0] as number | undefined) ?? null,
  };
}

/** The first column of the rows; none when they cannot be read. */
function tryToRead(database: Database.Database, sql: string): unknown[] {
  try {
    return database.prepare(sql).pluck().all();
  } catch (error) {
    if (error instanceof SqliteError) {
      return [];
    }
    throw error;
  }
}

function isDamage({ code }: InstanceType<typeof SqliteError>): boolean {
  return /^SQLITE_(CORRUPT|NOTADB)/.test(code);
}

function describe({ code, message }: InstanceType<typeof SqliteError>): string {
  return `It cannot be read (${code}: ${message}).`;
}
