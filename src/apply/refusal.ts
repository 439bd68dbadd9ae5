import { describeSystemError } from '../domain/describe-system-error.ts';
import { EideticError } from '../domain/errors.ts';

/** Why one file is left as it is. The message is a part of a sentence that begins with its path. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/**
 * Why a file is left, when its error is that file's.
 * @throws what is no file's: a journal that cannot be written, a bug
 */
export function reasonOf(error: unknown): string {
  if (error instanceof Refusal) {
    return error.message;
  }
  if (error instanceof EideticError || (error as NodeJS.ErrnoException).syscall === undefined) {
    throw error;
  }
  const { code, path } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? `${path ?? 'it'}: ${describeSystemError(error)}`;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; free some space and try again',
  EDQUOT: 'the disk is full; free some space and try again',
  EROFS: 'its disk is mounted read-only',
  EACCES: 'its folder may not be written to',
  EPERM: 'its folder may not be written to',
  EXDEV: 'where it would go lies on another disk; name a place on the same one',
};
