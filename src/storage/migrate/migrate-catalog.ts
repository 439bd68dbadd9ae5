import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { EideticError } from '../../domain/errors.ts';
import { SCHEMA_VERSION } from '../schema.ts';
import { backUpCatalog, findBackup } from './back-up-catalog.ts';
import { noteContent } from './content-note.ts';
import type { CatalogState } from './inspect-catalog.ts';
import { readMigrationState } from './migration-state.ts';
import type { MigrationState } from './migration-step.ts';
import { beginMigration, continueMigration, MIGRATION_STEPS } from './migration-steps.ts';
import { holdOldWriterLock, removeOldWriterLock } from './old-writer-lock.ts';
import { openAlone } from './open-alone.ts';
import { requireSpace } from './require-space.ts';
import type { Say } from './say.ts';
import { stoppedMigration } from './stopped-migration.ts';

const SAY_EVERY_MS = 5_000;

/** Of a larger catalog the backup alone takes long enough to make a person wonder. */
const SAY_BACKUP_ABOVE_BYTES = 256 * 1024 * 1024;

/**
 * Brings a catalog of version 1 or 2 to the current one, or goes on where that was interrupted. It may be killed at any
 * moment, and run again. To be called with the lock `maintenance`.
 *
 * The catalog's folder keeps a backup of the catalog as it was, whose name stands in the catalog.
 * @throws EideticError CATALOG_BUSY when an older program is at work, STORAGE_FULL, CATALOG_DAMAGED
 */
export async function migrateCatalog(
  file: string,
  { kind }: Pick<CatalogState, 'kind'>,
  say: Say,
): Promise<void> {
  const library = dirname(file);
  const began = performance.now();
  const releaseOldLock = kind === 'old' ? holdOldWriterLock(library) : () => undefined;
  let database: Database | undefined;
  try {
    database = await openAlone(file);
    if (kind === 'old') {
      await begin(database, say);
    }
    releaseOldLock();
    removeOldWriterLock(library);
    const { fromVersion, backup, note } = await goOn(database, say);
    const elapsed = ((performance.now() - began) / 1_000).toFixed(1);
    say(
      `Migrated the catalog ${file} from version ${fromVersion} to ${SCHEMA_VERSION}: ${inWords(note.rows['pictures'])} pictures in ${elapsed} s. ${whereBackupIs(join(library, backup))}`,
    );
  } catch (error) {
    throw stoppedMigration(error, file, whereItStopped(database, kind));
  } finally {
    database?.close();
    releaseOldLock();
  }
}

/** All up to the first step: nothing that is done before changes the catalog. */
async function begin(database: Database, say: Say): Promise<void> {
  const file = database.name;
  const sizeBytes = statSync(file).size;
  requireReferences(database);
  const note = noteContent(database);
  const { name: backup, isThere } = findBackup(dirname(file), note);
  await requireSpace(file, sizeBytes, isThere);
  if (sizeBytes > SAY_BACKUP_ABOVE_BYTES) {
    say(`Migrating the catalog ${file}: first a backup of it is made and verified.`);
  }
  if (!isThere) {
    backUpCatalog(database, backup, note);
  }
  beginMigration(database, { backup, note });
}

/** A catalog that is unsound already could only be migrated into one that does not add up. */
function requireReferences(database: Database): void {
  const broken = database.prepare('SELECT count(*) FROM pragma_foreign_key_check').pluck().get() as number;
  if (broken > 0) {
    throw new EideticError(
      'CATALOG_DAMAGED',
      `The catalog ${database.name} has ${broken} rows that refer to others which are not there, so it cannot be migrated; restore it from a backup. Nothing was changed.`,
    );
  }
}

/** @returns the last state before the end */
async function goOn(database: Database, say: Say): Promise<MigrationState> {
  let state = readMigrationState(database) as MigrationState;
  let saidAt = performance.now();
  for (let next: MigrationState | null = state; next !== null; next = continueMigration(database)) {
    state = next;
    if (performance.now() - saidAt > SAY_EVERY_MS) {
      saidAt = performance.now();
      say(`Migrating the catalog ${database.name}: ${progressOf(state)}`);
    }
    await setImmediate(); // a signal that should stop the program gets its turn
  }
  return state;
}

/** Null when the migration had not begun, undefined when the catalog cannot be asked. */
function whereItStopped(
  database: Database | undefined,
  kind: CatalogState['kind'],
): MigrationState | null | undefined {
  if (database === undefined) {
    return kind === 'old' ? null : undefined;
  }
  try {
    return readMigrationState(database);
  } catch {
    return undefined; // the error that stopped the migration is the one to tell
  }
}

function progressOf({ step, moved, note }: MigrationState): string {
  const table = MIGRATION_STEPS.find(({ name }) => name === step)?.table;
  return table === undefined ? step : `${step} ${inWords(moved)} of ${inWords(note.rows[table])}`;
}

function inWords(count = 0): string {
  return count.toLocaleString('en');
}

function whereBackupIs(backup: string): string {
  return existsSync(backup)
    ? `The catalog as it was is kept in ${backup}, and removed after the next index run that finishes with nothing away.`
    : `The backup ${backup} is not there any more.`;
}
