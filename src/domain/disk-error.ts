import { EideticError } from './errors.ts';

/**
 * Says what a disk that is full or cannot be written to means to a person; any other error is returned as it is.
 * @param what what could not be done, as in `The key cannot be kept`
 */
export function translateDiskError(error: unknown, what: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new EideticError('STORAGE_FULL', `${what}, for the disk is full; free some space and try again.`, {
      cause: error,
    });
  }
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new EideticError(
      'READ_ONLY',
      `${what}, for nothing can be written there (${message}); check its permissions, and whether its disk is mounted read-only.`,
      { cause: error },
    );
  }
  return error;
}
