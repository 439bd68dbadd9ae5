import type { Database } from 'better-sqlite3';
import { EideticError } from '../../domain/errors.ts';
import { createMigrationState, readMigrationState, writeMigrationState } from './migration-state.ts';
import type { MigrationState, MigrationStep } from './migration-step.ts';
import { check } from './steps/check.ts';
import { files } from './steps/files.ts';
import { finish } from './steps/finish.ts';
import { history } from './steps/history.ts';
import { models } from './steps/models.ts';
import { pictures } from './steps/pictures.ts';
import { roots } from './steps/roots.ts';
import { start } from './steps/start.ts';
import { vectors } from './steps/vectors.ts';

/** What a migration to version 3 does, in this order, once the catalog is backed up. */
export const MIGRATION_STEPS: readonly MigrationStep[] = [
  start,
  models,
  roots,
  pictures,
  files,
  vectors,
  history,
  check,
  finish,
];

/** Begins the migration of a catalog: its first step, in one transaction. */
export function beginMigration(
  database: Database,
  { backup, note }: Pick<MigrationState, 'backup' | 'note'>,
): void {
  database
    .transaction(() => {
      const first = { fromVersion: note.version, step: start.name, after: null, moved: 0, backup, note };
      createMigrationState(database, first);
      takePiece(database, first);
    })
    .immediate();
}

/**
 * Does the next piece of a migration that has begun, in one transaction.
 * @returns where the migration is then; null when it is over
 * @throws EideticError CATALOG_DAMAGED when the new tables do not hold what the old ones did; CATALOG_TOO_NEW when
 *   another version of this program has begun it; SqliteError
 */
export function continueMigration(database: Database): MigrationState | null {
  const state = readMigrationState(database);
  if (state !== null) {
    database.transaction(() => takePiece(database, state)).immediate();
  }
  return readMigrationState(database);
}

function takePiece(database: Database, state: MigrationState): void {
  const step = MIGRATION_STEPS.find(({ name }) => name === state.step);
  if (step === undefined) {
    throw new EideticError(
      'CATALOG_TOO_NEW',
      `Found a migration of the catalog ${database.name} at the step "${state.step}", which this Eidetic does not know; open it with the version that began it.`,
    );
  }
  const piece = step.run(database, state);
  const next = MIGRATION_STEPS[MIGRATION_STEPS.indexOf(step) + 1];
  if (piece !== 'done') {
    writeMigrationState(database, { step: step.name, ...piece });
  } else if (next !== undefined) {
    writeMigrationState(database, { step: next.name, after: null, moved: 0 });
  }
}
