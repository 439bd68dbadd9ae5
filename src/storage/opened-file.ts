import { type BigIntStats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { EideticError } from '../domain/errors.ts';

/**
 * Tells a file from another that lies at the same path later, as long as it is open. By looking at the path alone:
 * opening the file and closing it again would drop the locks that SQLite holds on it for this process.
 * @throws EideticError NOT_FOUND when the file is not there; CATALOG_BUSY when the disk does not say
 */
export function identityOfFile(file: string): string {
  const stats = statOf(file);
  if (stats === undefined) {
    throw gone(file);
  }
  return `${stats.dev} ${stats.ino}`;
}

function statOf(file: string): BigIntStats | undefined {
  try {
    return statSync(file, { bigint: true, throwIfNoEntry: false });
  } catch (cause) {
    throw new EideticError(
      'CATALOG_BUSY',
      `The catalog ${file} cannot be reached (${(cause as Error).message}); check the disk and the permissions, then try again.`,
      { cause },
    );
  }
}

/**
 * Refuses when another catalog, or none, lies where one was opened: what is written into a deleted file is lost.
 * @throws EideticError NOT_FOUND
 */
export function requireSameFile(file: string, identity: string): void {
  if (identityOfFile(file) !== identity) {
    throw gone(file);
  }
}

function gone(file: string): EideticError {
  return new EideticError(
    'NOT_FOUND',
    `The library ${dirname(file)} is gone or was replaced while it was open; nothing was written. Put it back and start again, or make a new one with "eidetic index FOLDER".`,
  );
}
