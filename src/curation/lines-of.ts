import type { FileHandle } from 'node:fs/promises';
import { describeSystemError } from '../domain/describe-system-error.ts';
import { EideticError } from '../domain/errors.ts';
import { openTextFile } from '../domain/open-text-file.ts';

/** Characters of a line; a path has 4,096 bytes at most, and a line names a few. */
const LONGEST_LINE = 1_000_000;

/**
 * The lines of a text file, one after the other.
 * @param what the beginning of a sentence about the file, as in `The plan`
 * @throws EideticError INVALID_INPUT when it cannot be read, NOT_FOUND when it is not there
 */
export async function* linesOf(path: string, what: string): AsyncGenerator<string> {
  let handle: FileHandle | undefined;
  try {
    handle = await openTextFile(path);
    yield* splitLines(handle.createReadStream({ encoding: 'utf8', autoClose: false }));
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'NOT_FOUND' : 'INVALID_INPUT';
    throw new EideticError(code, `${what} ${path} cannot be read: ${describeSystemError(cause)}.`, { cause });
  } finally {
    await handle?.close();
  }
}

async function* splitLines(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() as string;
    for (const line of lines) {
      yield line.endsWith('\r') ? line.slice(0, -1) : line;
    }
    if (rest.length > LONGEST_LINE) {
      throw new Error('it has a line that is too long for it to be such a file');
    }
  }
  if (rest !== '') {
    yield rest;
  }
}
