import { lstat, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { describeSystemError, isAbsent } from '../domain/describe-system-error.ts';
import { EideticError } from '../domain/errors.ts';

/**
 * Looks whether a file could be made, for who has much to do before.
 * @throws EideticError INVALID_INPUT when something is at its path, or its folder is not there
 */
export async function refuseExisting(path: string): Promise<void> {
  let isFree = false;
  try {
    await stat(`${dirname(path)}${sep}.`); // a file is no folder
    isFree = (await lstat(path).catch(absentAsNull)) === null;
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
  if (!isFree) {
    throw isThere(path);
  }
}

/** For a look at what need not be there. @throws what else is wrong */
export function absentAsNull(error: unknown): null {
  if (isAbsent(error)) {
    return null;
  }
  throw error;
}

/**
 * Writes a file where nothing is yet, bytes or pieces of text; where that fails, nothing of it is left.
 * @throws EideticError INVALID_INPUT, STORAGE_FULL; what the pieces throw
 */
export async function writeNewFile(path: string, content: Uint8Array | Iterable<string>): Promise<void> {
  try {
    await writeFile(path, content, { flag: 'wx' });
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') {
      throw isThere(path);
    }
    if (syscall !== 'open') {
      await unlink(path).catch(() => {});
    }
    throw cause instanceof EideticError ? cause : cannotWrite(path, cause);
  }
}

const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

function isThere(path: string): EideticError {
  return new EideticError(
    'INVALID_INPUT',
    `${path} is there already, and is not written over; name a file that is not there yet.`,
  );
}

/** INVALID_INPUT with the reason, or STORAGE_FULL. */
export function cannotWrite(path: string, cause: unknown): EideticError {
  const { code } = cause as NodeJS.ErrnoException;
  return FULL.has(code)
    ? new EideticError('STORAGE_FULL', `${path} could not be written: the disk is full; free some space.`, {
        cause,
      })
    : new EideticError(
        'INVALID_INPUT',
        `${path} cannot be written: ${isAbsent(cause) ? 'its folder is not there' : describeSystemError(cause)}; name a file in a folder that may be written to.`,
        { cause },
      );
}
