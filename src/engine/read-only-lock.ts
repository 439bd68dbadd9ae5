import type { EideticError } from '../domain/errors.ts';
import type { LibraryLock } from '../domain/library-lock.ts';

/** The lock of a library that nobody may write to from here: whoever asks is told why. */
export function readOnlyLock(refusal: EideticError): LibraryLock {
  return { acquire: () => Promise.reject(refusal) };
}
