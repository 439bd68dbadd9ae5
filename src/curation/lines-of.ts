import { type FileHandle, open } from 'node:fs/promises';
import { describeSystemError } from '../domain/describe-system-error.ts';
import { EideticError } from '../domain/errors.ts';

/**
 * The lines of a text file, one after the other.
 * @param what the beginning of a sentence about the file, as in `The plan`
 * @throws EideticError INVALID_INPUT when it cannot be read
 */
export async function* linesOf(path: string, what: string): AsyncGenerator<string> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path);
    yield* handle.readLines({ encoding: 'utf8' });
  } catch (cause) {
    const message = `${what} ${path} cannot be read: ${describeSystemError(cause)}.`;
    throw new EideticError('INVALID_INPUT', message, { cause });
  } finally {
    await handle?.close();
  }
}
