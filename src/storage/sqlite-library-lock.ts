import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { EideticError } from '../domain/errors.ts';
import type { HeldLock, LibraryLock, LockScope } from '../domain/library-lock.ts';
import { canWrite } from './can-write.ts';
import { forgetHolder, heldLock, writeHolder } from './lock-holder.ts';
import { isBusy, translateSqliteError } from './sqlite-errors.ts';

const POLL_MS = 50;

/** The files that a scope locks, always in this order, so that two who want several cannot wait for each other. */
const FILES_OF_SCOPE: Readonly<Record<LockScope, readonly string[]>> = {
  run: ['run'],
  upload: ['upload'],
  index: ['index'],
  maintenance: ['run', 'upload', 'index'],
};

/** One that nobody refers to any more would be collected and closed, and its lock be free. */
const openLocks = new Set<Database.Database>();

/**
 * The locks of a library: files in its folder `locks`.
 *
 * A lock is an open exclusive transaction on a SQLite file of its own: the operating system drops it when the process
 * ends in whatever way, so a lock can be neither stale nor taken over by two processes at once. Who holds it stands in
 * a file beside it, for messages only.
 * @param library its folder; `acquire` fails with NOT_FOUND when it is not there, and with STORAGE_FULL on a full disk
 */
export function sqliteLibraryLock(library: string): LibraryLock {
  return {
    async acquire(scope, patienceMs = 0) {
      const folder = join(library, 'locks');
      const until = performance.now() + patienceMs;
      makeFolder(library, folder);
      const releases: Array<() => void> = [];
      const releaseAll = () => {
        for (const release of releases.splice(0).reverse()) {
          release();
        }
      };
      try {
        for (const name of FILES_OF_SCOPE[scope]) {
          releases.push(await take(library, join(folder, name), scope, until));
        }
      } catch (error) {
        releaseAll();
        throw error;
      }
      return { release: async () => releaseAll() } satisfies HeldLock;
    },
  };
}

function makeFolder(library: string, folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw notLockable(library, error as NodeJS.ErrnoException);
    }
  }
}

/** @returns what releases it */
async function take(library: string, path: string, scope: LockScope, until: number): Promise<() => void> {
  for (;;) {
    const release = tryToTake(library, path, scope);
    if (release !== null) {
      return release;
    }
    if (performance.now() >= until) {
      throw heldLock(library, path);
    }
    await setTimeout(POLL_MS);
  }
}

/** Returns null when another holds it. */
function tryToTake(library: string, path: string, scope: LockScope): (() => void) | null {
  const file = `${path}.lock`;
  if (!canWrite(file)) {
    // SQLite would grant a transaction on a file that it could open for reading only: others would never notice.
    throw readOnly(library);
  }
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { timeout: 0 });
    database.pragma('journal_mode = DELETE');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    if (isBusy(error)) {
      return null;
    }
    throw notLockable(library, translateSqliteError(error, file) as Error);
  }
  const held = database;
  openLocks.add(held);
  writeHolder(path, scope);
  return () => {
    forgetHolder(path);
    openLocks.delete(held);
    held.close(); // its transaction ends with it
  };
}

function notLockable(library: string, cause: Error & { readonly code?: string | undefined }): EideticError {
  switch (cause.code) {
    case 'ENOENT':
    case 'NOT_FOUND':
      return new EideticError(
        'NOT_FOUND',
        `There is no library in ${library} (any more); name another with --library.`,
        { cause },
      );
    case 'ENOSPC':
    case 'STORAGE_FULL':
      return new EideticError(
        'STORAGE_FULL',
        `The disk that holds the library ${library} is full, so nothing can be written to it; free some space and try again.`,
        { cause },
      );
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
    case 'READ_ONLY':
      return readOnly(library, cause);
    default:
      return new EideticError(
        'CATALOG_BUSY',
        `The library ${library} cannot be locked (${cause.message}); check its folder "locks".`,
        { cause },
      );
  }
}

function readOnly(library: string, cause?: Error): EideticError {
  return new EideticError(
    'READ_ONLY',
    `The library ${library} cannot be written to; check the permissions of its folder, and whether its disk is mounted read-only.`,
    { cause },
  );
}
