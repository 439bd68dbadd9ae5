import { setTimeout } from 'node:timers/promises';
import { EideticError } from '../domain/errors.ts';
import type { LibraryLock } from '../storage/library-lock.ts';

const TRIES = 20;
const PAUSE_MS = 50;

/** Takes a lock for a short write, which others' short writes should not fail. @throws EideticError CATALOG_BUSY */
export async function waitForLock(acquire: () => LibraryLock): Promise<LibraryLock> {
  for (let tries = 1; ; tries++) {
    try {
      return acquire();
    } catch (error) {
      if (tries === TRIES || !(error instanceof EideticError)) {
        throw error;
      }
      await setTimeout(PAUSE_MS);
    }
  }
}
