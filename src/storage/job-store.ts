import Database from 'better-sqlite3';
import { EideticError } from '../domain/errors.ts';
import type { Job, JobChange, JobOutcome, JobState, JobStore } from '../domain/job.ts';
import { translateSqliteError } from './sqlite-errors.ts';

/** `EIDJ` in ASCII. */
const APPLICATION_ID = 0x4549444a;
const VERSION = 1;

const KEPT_ENDED_JOBS = 1_000;

const TABLE = `
  CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    roots TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    started_at TEXT,
    ended_at TEXT,
    outcome TEXT,
    error TEXT
  ) STRICT;
  CREATE INDEX jobs_unfinished ON jobs (id) WHERE ended_at IS NULL;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${VERSION};
`;

interface Row {
  readonly id: number;
  readonly roots: string;
  readonly state: string;
  readonly attempts: number;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly outcome: string | null;
  readonly error: string | null;
}

/**
 * Opens the jobs of a library (`<library>/jobs.sqlite`), making the file when it is not there.
 *
 * A file of its own and not the catalog's: jobs are a server's business, and losing them loses nothing that was
 * indexed. It stays locked while open, so of two servers one runs the jobs, and the system frees it however that
 * one ends.
 * @throws EideticError CATALOG_BUSY when another process has it open; CATALOG_TOO_NEW, CATALOG_DAMAGED
 */
export function openJobStore(file: string): JobStore {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { timeout: 0 });
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('synchronous = FULL');
    database.transaction(prepareTable).exclusive(database, file);
    return jobStore(database, file);
  } catch (error) {
    database?.close();
    throw translateBusy(error, file);
  }
}

function prepareTable(database: Database.Database, file: string): void {
  const version = database.pragma('user_version', { simple: true }) as number;
  const application = database.pragma('application_id', { simple: true }) as number;
  if (version > VERSION && application === APPLICATION_ID) {
    throw new EideticError(
      'CATALOG_TOO_NEW',
      `Found jobs of version ${version} when this Eidetic reads up to ${VERSION}; update Eidetic to open ${file}.`,
    );
  }
  const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number;
  if (tables === 0) {
    database.exec(TABLE);
  } else if (application !== APPLICATION_ID) {
    throw new EideticError(
      'CATALOG_DAMAGED',
      `${file} holds something else than jobs; move it away, and a new one is made.`,
    );
  }
}

function jobStore(database: Database.Database, file: string): JobStore {
  const insert = database.prepare<[string, string]>(
    `INSERT INTO jobs (roots, state, attempts, created_at) VALUES (?, 'queued', 0, ?)`,
  );
  const prune = database.prepare<[number]>(
    `DELETE FROM jobs WHERE ended_at IS NOT NULL AND id <=
      (SELECT id FROM jobs WHERE ended_at IS NOT NULL ORDER BY id DESC LIMIT 1 OFFSET ?)`,
  );
  const select = database.prepare<[number], Row>('SELECT * FROM jobs WHERE id = ?');
  const latest = database.prepare<[number, number], Row>(
    'SELECT * FROM jobs WHERE id < ? ORDER BY id DESC LIMIT ?',
  );
  const unfinished = database.prepare<[], Row>('SELECT * FROM jobs WHERE ended_at IS NULL ORDER BY id');
  const update = database.prepare<[Row]>(
    `UPDATE jobs SET state = @state, attempts = @attempts, started_at = @started_at, ended_at = @ended_at,
      outcome = @outcome, error = @error WHERE id = @id`,
  );

  const get = (id: number) => {
    const row = select.get(id);
    return row === undefined ? null : toJob(row);
  };
  const there = (id: number) => {
    const job = get(id);
    if (job === null) {
      throw new EideticError('NOT_FOUND', `There is no job ${id}.`);
    }
    return job;
  };
  // SQLite answers before the call returns, so no call is ever in progress when it is closed.
  const guarded = async <Result>(work: () => Result): Promise<Result> => {
    if (!database.open) {
      throw new EideticError('CATALOG_CLOSED', `The jobs in ${file} are closed; open the library again.`);
    }
    try {
      return work();
    } catch (error) {
      throw translateSqliteError(error, file);
    }
  };
  const addOne = database.transaction((roots: readonly string[]) => {
    const { lastInsertRowid } = insert.run(JSON.stringify(roots), new Date().toISOString());
    prune.run(KEPT_ENDED_JOBS);
    return there(Number(lastInsertRowid));
  });
  const changeOne = database.transaction((id: number, change: JobChange) => {
    update.run(toRow({ ...there(id), ...change }));
    return there(id);
  });

  return {
    add: (roots) => guarded(() => addOne(roots)),
    get: (id) => guarded(() => get(id)),
    list: (limit, before) => guarded(() => latest.all(before ?? Number.MAX_SAFE_INTEGER, limit).map(toJob)),
    unfinished: () => guarded(() => unfinished.all().map(toJob)),
    change: (id, change) => guarded(() => changeOne(id, change)),
    close: async () => {
      database.close();
    },
  };
}

/** What jobs from before these numbers were told apart counted among the failed. */
const UNTOLD = { unsupported: 0, others: 0 };

function toJob(row: Row): Job {
  return {
    id: row.id,
    roots: JSON.parse(row.roots) as string[],
    state: row.state as JobState,
    attempts: row.attempts,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    outcome: row.outcome === null ? null : { ...UNTOLD, ...(JSON.parse(row.outcome) as JobOutcome) },
    error: row.error === null ? null : (JSON.parse(row.error) as Job['error']),
  };
}

function toRow(job: Job): Row {
  return {
    id: job.id,
    roots: JSON.stringify(job.roots),
    state: job.state,
    attempts: job.attempts,
    created_at: job.createdAt,
    started_at: job.startedAt,
    ended_at: job.endedAt,
    outcome: job.outcome === null ? null : JSON.stringify(job.outcome),
    error: job.error === null ? null : JSON.stringify(job.error),
  };
}

function translateBusy(error: unknown, file: string): unknown {
  const translated = translateSqliteError(error, file);
  if (translated instanceof EideticError && translated.code === 'CATALOG_BUSY') {
    return new EideticError(
      'CATALOG_BUSY',
      `The jobs in ${file} cannot be opened: another server of this library has them, or the folder is not writable. Stop that server, or use another --library.`,
      { cause: error },
    );
  }
  return translated;
}
