import { parentPort, workerData } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { toThreadError } from '../domain/thread-error.ts';
import { catalogSurveys } from './catalog-surveys.ts';
import type {
  CatalogReply,
  CatalogRequest,
  CatalogThreadSetup,
  CatalogWork,
} from './catalog-thread-messages.ts';
import { catalogWrites } from './catalog-writes.ts';
import { openDatabase } from './open-database.ts';
import { translateSqliteError } from './sqlite-errors.ts';

// Entry of a worker thread: does for one catalog, one call after the other, what would hold up the event loop.

if (parentPort === null) {
  throw new Error('catalog-thread-main runs as a worker thread only');
}
const port = parentPort;
const { file, mayWrite } = workerData as CatalogThreadSetup;
let database: Database | null = null;
let work: CatalogWork | null = null;

port.on('message', (request: CatalogRequest) => {
  if ('close' in request) {
    database?.close();
    port.close();
  } else {
    port.postMessage(answer(request));
  }
});

function answer({ id, name, args }: Extract<CatalogRequest, { id: number }>): CatalogReply {
  try {
    const method = openWork()[name] as (...values: readonly unknown[]) => unknown;
    return { id, result: method(...args) };
  } catch (error) {
    return { id, failure: toThreadError(translateSqliteError(error, file)) };
  }
}

/** With the first call and not before: a file that cannot be opened is then that call's failure. */
function openWork(): CatalogWork {
  if (work === null) {
    database = openDatabase(file);
    if (!mayWrite) {
      database.pragma('query_only = ON');
    }
    work = { ...catalogWrites(database), ...catalogSurveys(database) };
  }
  return work;
}
