import { parentPort, workerData } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { toThreadError } from '../domain/thread-error.ts';
import { catalogSurveys } from './catalog-surveys.ts';
import type { CatalogReply, CatalogRequest, CatalogThreadSetup } from './catalog-thread-messages.ts';
import { catalogWrites } from './catalog-writes.ts';
import { closeDatabase } from './close-database.ts';
import { openDatabase } from './open-database.ts';
import { requireSameFile } from './opened-file.ts';
import { translateSqliteError } from './sqlite-errors.ts';

// Entry of a worker thread: does for one catalog, one call after the other, what would hold up the event loop.

type Methods = Readonly<Record<string, (...values: readonly unknown[]) => unknown>>;

if (parentPort === null) {
  throw new Error('catalog-thread-main runs as a worker thread only');
}
const port = parentPort;
const { file, identity, isReadOnly, purpose } = workerData as CatalogThreadSetup;
let database: Database | null = null;
let methods: Methods | null = null;

port.on('message', (request: CatalogRequest) => {
  if ('close' in request) {
    if (database !== null) {
      closeDatabase(database, request.close);
    }
    port.close();
  } else {
    port.postMessage(answer(request));
  }
});

function answer({ id, name, args }: Extract<CatalogRequest, { id: number }>): CatalogReply {
  try {
    const method = openMethods()[name] as Methods[string];
    return { id, result: method(...args) };
  } catch (error) {
    return { id, failure: toThreadError(translateSqliteError(error, file)) };
  }
}

/**
 * Opens the catalog with the first call and not before: a file that cannot be opened is then that call's failure. For
 * writing the file is looked for with every call, since a deleted one takes all that is written without complaint.
 */
function openMethods(): Methods {
  if (methods === null) {
    requireSameFile(file, identity);
    database = openDatabase(file, { isReadOnly, purpose });
    requireSameFile(file, identity);
    methods = (purpose === 'write'
      ? catalogWrites(database)
      : catalogSurveys(database)) as unknown as Methods;
  } else if (purpose === 'write') {
    requireSameFile(file, identity);
  }
  return methods;
}
