import { lstat, unlink, writeFile } from 'node:fs/promises';
import { EideticError } from '../domain/errors.ts';
import { describeSystemError, isAbsent } from '../indexer/describe-system-error.ts';

/** @throws EideticError INVALID_INPUT when something is at a path, or nobody may look */
export async function refuseExisting(path: string): Promise<void> {
  try {
    await lstat(path);
  } catch (cause) {
    if (isAbsent(cause)) {
      return;
    }
    throw cannotWrite(path, cause);
  }
  throw isThere(path);
}

/** Writes a file where nothing is yet; where that fails, nothing of it is left. @throws EideticError INVALID_INPUT, STORAGE_FULL */
export async function writeNewFile(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(path, bytes, { flag: 'wx' });
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') {
      throw isThere(path);
    }
    if (syscall !== 'open') {
      await unlink(path).catch(() => {});
    }
    throw cannotWrite(path, cause);
  }
}

const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

function isThere(path: string): EideticError {
  return new EideticError(
    'INVALID_INPUT',
    `${path} is there already, and is not written over; name a file that is not there yet.`,
  );
}

function cannotWrite(path: string, cause: unknown): EideticError {
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
