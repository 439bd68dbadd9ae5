import { EideticError } from '../../domain/errors.ts';
import type { LibraryLock } from '../../domain/library-lock.ts';
import { canWrite } from '../can-write.ts';
import { refuseLostCatalog } from '../lost-catalog.ts';
import { createCatalog } from './create-catalog.ts';
import { type CatalogState, inspectCatalog } from './inspect-catalog.ts';
import { migrateCatalog } from './migrate-catalog.ts';
import type { Say } from './say.ts';

/** How long to wait for another process that migrates, milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * Sees to it that a catalog of the current version lies at a path: makes it, migrates it, or goes on with a migration
 * that was interrupted. To be called before openDatabase.
 * @param lock the library's; a migration holds all of it
 * @param say told how a migration goes and what it brought about
 * @param permissions `mayWrite` false when nothing shall be written, whatever could be;
 *   `mayBeginAnew` whether one may be made beside what a lost one has left
 * @returns whether nothing can be written where it lies
 * @throws EideticError READ_ONLY when something would have to be written where nothing can be; STORAGE_FULL;
 *   CATALOG_BUSY when other processes have the catalog in use; CATALOG_TOO_NEW; CATALOG_DAMAGED
 */
export async function ensureCurrentCatalog(
  file: string,
  lock: LibraryLock,
  say: Say,
  {
    mayWrite = true,
    mayBeginAnew = false,
  }: { readonly mayWrite?: boolean; readonly mayBeginAnew?: boolean } = {},
): Promise<{ isReadOnly: boolean }> {
  const isReadOnly = !mayWrite || !canWrite(file);
  for (;;) {
    const state = await inspect(file, isReadOnly, lock);
    if (state.kind === 'current') {
      return { isReadOnly };
    }
    if (isReadOnly) {
      throw needsWriting(file, state.kind);
    }
    if (state.kind === 'none') {
      if (!mayBeginAnew) {
        refuseLostCatalog(file);
      }
      createCatalog(file);
    } else {
      await migrate(file, lock, say);
    }
  }
}

async function inspect(file: string, isReadOnly: boolean, lock: LibraryLock): Promise<CatalogState> {
  try {
    return await inspectCatalog(file, isReadOnly);
  } catch (error) {
    if (!isReadOnly && error instanceof EideticError && error.code === 'CATALOG_BUSY') {
      // Who has the file for itself for so long migrates, and the lock says who that is.
      await (await lock.acquire('maintenance')).release();
    }
    throw error;
  }
}

async function migrate(file: string, lock: LibraryLock, say: Say): Promise<void> {
  const held = await lock.acquire('maintenance', PATIENCE_MS);
  try {
    const state = await inspectCatalog(file, false);
    if (state.kind === 'old' || state.kind === 'unfinished') {
      await migrateCatalog(file, state, say);
    }
  } finally {
    await held.release();
  }
}

function needsWriting(file: string, kind: Exclude<CatalogState['kind'], 'current'>): EideticError {
  const remedy =
    'copy the library to where it can be written and open it there once, as with "eidetic stats --library FOLDER"';
  const message = {
    none: `There is no catalog ${file}, and none can be made there, since nothing can be written; name another --library.`,
    old: `The catalog ${file} is of an older version, and nothing can be written where it lies, so it cannot be migrated; ${remedy}.`,
    unfinished: `The migration of the catalog ${file} was interrupted, and nothing can be written where it lies; ${remedy}.`,
  }[kind];
  return new EideticError('READ_ONLY', message);
}
