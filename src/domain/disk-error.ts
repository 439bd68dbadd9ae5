import { EideticError } from './errors.ts';

/**
 * Says what a disk that is full, fails or cannot be written to means to a person; any other error is returned as it is.
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
  if (code === 'ENOTDIR' || code === 'EEXIST' || code === 'EISDIR' || code === 'ELOOP') {
    return new EideticError(
      'READ_ONLY',
      `${what}, for something else lies in its place (${message}); move that away.`,
      { cause: error },
    );
  }
  if (code === 'EIO' || code === 'ESTALE' || code === 'ENOTCONN' || code === 'ETIMEDOUT') {
    return new EideticError(
      'CATALOG_BUSY',
      `${what}, for the disk reported an error (${message}); check it, then try again.`,
      { cause: error },
    );
  }
  return error;
}
