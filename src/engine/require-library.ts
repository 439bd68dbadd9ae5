import type { Config } from '../config/config.ts';
import { EideticError } from '../domain/errors.ts';
import { findCatalog } from './library-folder.ts';

/** Whether a library is where a person said. @throws EideticError what findCatalog throws */
export function hasLibrary({ library }: Pick<Config, 'library'>): boolean {
  return findCatalog(library).isThere;
}

/** @throws EideticError NOT_FOUND when no library is where a person said; what findCatalog throws */
export function requireLibrary(config: Pick<Config, 'library'>): void {
  if (!hasLibrary(config)) {
    throw new EideticError(
      'NOT_FOUND',
      `There is no library in ${config.library}; run "eidetic index FOLDER" to make one, or name another with --library.`,
    );
  }
}
