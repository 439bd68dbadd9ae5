import { setTimeout } from 'node:timers/promises';
import { EideticError } from '../domain/errors.ts';
import { acquireLibraryLock, type LibraryLock } from '../storage/library-lock.ts';

const TRIES = 20;
const PAUSE_MS = 50;

/** The writer lock of a library, for short writes, which others' short writes should not fail. @throws CATALOG_BUSY */
export async function waitForLock(library: string): Promise<LibraryLock> {
  for (let tries = 1; ; tries++) {
    try {
      return acquireLibraryLock(library);
    } catch (error) {
      if (tries === TRIES || !(error instanceof EideticError)) {
        throw error;
      }
      await setTimeout(PAUSE_MS);
    }
  }
}
