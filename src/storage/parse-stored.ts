import type { Database } from 'better-sqlite3';
import { EideticError } from '../domain/errors.ts';

/**
 * Reads JSON that this program has written into a database; SQLite does not notice when a text is another than before.
 * @param what what it is, as in `the rules of a folder`
 * @throws EideticError CATALOG_DAMAGED
 */
export function parseStored<Value>(text: string, what: string, database: Database): Value {
  try {
    return JSON.parse(text) as Value;
  } catch (cause) {
    throw new EideticError(
      'CATALOG_DAMAGED',
      `${database.name} is damaged: ${what} cannot be read (${(cause as Error).message}); run "eidetic doctor", or restore it from a backup.`,
      { cause },
    );
  }
}
