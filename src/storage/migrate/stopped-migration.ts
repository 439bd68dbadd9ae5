import { dirname, join } from 'node:path';
import { EideticError } from '../../domain/errors.ts';
import { translateSqliteError } from '../sqlite-errors.ts';
import type { MigrationState } from './migration-step.ts';

/**
 * What an error that ended a migration means to a person.
 * @param state where the migration is; null when it had not begun, so that nothing was changed; undefined when that
 *   could not be found out
 */
export function stoppedMigration(
  error: unknown,
  file: string,
  state: MigrationState | null | undefined,
): unknown {
  if (error instanceof EideticError) {
    return error; // it says already what became of the catalog
  }
  const translated = isNoSpace(error) ? storageFull(file, error) : translateSqliteError(error, file);
  if (!(translated instanceof EideticError)) {
    return error;
  }
  const { code, message, cause, details } = translated;
  return new EideticError(code, `${message} ${whatBecame(file, state)}`, { cause, details });
}

function isNoSpace(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

function storageFull(file: string, cause: unknown): EideticError {
  return new EideticError(
    'STORAGE_FULL',
    `The disk that holds the catalog ${file} is full. Free some space and run again.`,
    { cause },
  );
}

function whatBecame(file: string, state: MigrationState | null | undefined): string {
  if (state === undefined) {
    return 'Its migration has stopped and will go on from there.';
  }
  return state === null
    ? 'It was about to be migrated, and nothing was changed.'
    : `Its migration has stopped at the step "${state.step}" and will go on there; the catalog as it was is in ${join(dirname(file), state.backup)}.`;
}
