import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';

/** What the system says of a place in which this process may not write. */
const REFUSALS = ['EROFS', 'EACCES', 'EPERM'];

/**
 * Whether a database can be changed where it lies: SQLite writes into the file and makes others beside it. A file or
 * folder that is not there counts as one that could be written; opening it tells.
 */
export function canWrite(file: string): boolean {
  return mayWrite(dirname(file)) && mayWrite(file);
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch (error) {
    return !REFUSALS.includes((error as NodeJS.ErrnoException).code ?? '');
  }
}
