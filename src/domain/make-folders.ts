import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it, as far as they are not there. Not with the option `recursive`, by which Node goes
 * on without end where the system makes no folders (/proc).
 * @throws a system error
 */
export function makeFolders(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const parent = dirname(folder);
    if (code === 'EEXIST' && statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      return;
    }
    if (code !== 'ENOENT' || existsSync(parent)) {
      throw error;
    }
    makeFolders(parent);
    makeFolders(folder);
  }
}
