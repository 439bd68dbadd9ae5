import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { EideticError } from '../domain/errors.ts';

/** Where the catalog of a configuration's library is, or would be. */
export function catalogFileOf({ library }: Pick<Config, 'library'>): string {
  return join(library, 'catalog.sqlite');
}

export function hasLibrary(config: Pick<Config, 'library'>): boolean {
  return existsSync(catalogFileOf(config));
}

/** @throws EideticError NOT_FOUND when no library is where a person said */
export function requireLibrary(config: Pick<Config, 'library'>): void {
  if (!hasLibrary(config)) {
    throw new EideticError(
      'NOT_FOUND',
      `There is no library in ${config.library}; run "eidetic index FOLDER" to make one, or name another with --library.`,
    );
  }
}
