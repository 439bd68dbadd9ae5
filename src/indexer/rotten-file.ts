import { EideticError } from '../domain/errors.ts';
import type { FileStamp } from '../domain/picture.ts';

/** Whether nothing has written to a file, as far as its size and times tell; not where nobody knows when it was changed. */
export function isUnwritten(now: FileStamp, before: FileStamp): boolean {
  return (
    now.sizeBytes === before.sizeBytes &&
    now.modifiedMs === before.modifiedMs &&
    before.changedMs !== null &&
    now.changedMs === before.changedMs
  );
}

/** Why a file failed whose bytes are others, though nothing has written to it. */
export function rottenFile(): EideticError {
  return new EideticError(
    'FILE_ROTTEN',
    'The bytes have changed though nothing wrote to the file (its size and times are as they were), so its disk may be failing; compare it with a backup and restore it. The library keeps the picture that it was.',
  );
}
