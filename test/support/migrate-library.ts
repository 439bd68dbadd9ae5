import { join } from 'node:path';
import { ensureCurrentCatalog } from '../../src/storage/migrate/ensure-current-catalog.ts';
import { sqliteLibraryLock } from '../../src/storage/sqlite-library-lock.ts';

/** Brings a library's catalog to the current version and returns what it said. */
export async function migrateLibrary(library: string): Promise<string[]> {
  const said: string[] = [];
  await ensureCurrentCatalog(join(library, 'catalog.sqlite'), sqliteLibraryLock(library), (message) =>
    said.push(message),
  );
  return said;
}

const STORAGE = new URL('../../src/storage/', import.meta.url).href;

/**
 * The text of a program that does the same, printing `ready` before it begins, and then what it said or why it failed.
 * @param before put in front of the work, with `MIGRATION_STEPS` at hand
 */
export function migrationScript(library: string, before = ''): string {
  return `
    import { ensureCurrentCatalog } from '${STORAGE}migrate/ensure-current-catalog.js';
    import { MIGRATION_STEPS } from '${STORAGE}migrate/migration-steps.js';
    import { sqliteLibraryLock } from '${STORAGE}sqlite-library-lock.js';
    const library = ${JSON.stringify(library)};
    ${before}
    console.log('ready');
    try {
      await ensureCurrentCatalog(library + '/catalog.sqlite', sqliteLibraryLock(library), console.log);
    } catch (error) {
      console.log(error.code, error.message);
    }
  `;
}
