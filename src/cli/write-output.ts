import { fstatSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { EideticError } from '../domain/errors.ts';

/** Whoever read the output has seen enough and left, as `head` does: no error, and no reason to go on. */
export class ReaderLeft extends Error {
  override readonly name = 'ReaderLeft';
}

const STDOUT = 1;

/**
 * Writes text to stdout; resolves when all of it was taken.
 * @throws EideticError STORAGE_FULL when it cannot be written, ReaderLeft when nobody reads it any more
 */
export async function writeOutput(text: string): Promise<void> {
  try {
    if (isFile()) {
      writeWhole(Buffer.from(text));
    } else {
      await new Promise<void>((resolve, reject) => {
        process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
      });
    }
  } catch (error) {
    throw inWords(error as NodeJS.ErrnoException);
  }
}

/** What is no terminal, pipe or socket: a file, or a device such as /dev/null. */
function isFile(): boolean {
  if (isatty(STDOUT)) {
    return false;
  }
  const stats = fstatSync(STDOUT);
  return !stats.isFIFO() && !stats.isSocket();
}

/** process.stdout takes a file that has taken a part of what was written for one that has taken all. */
function writeWhole(bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(STDOUT, bytes, done);
  }
}

function inWords(error: NodeJS.ErrnoException): Error {
  if (error.code === 'EPIPE') {
    return new ReaderLeft();
  }
  const isFull = error.code === 'ENOSPC' || error.code === 'EDQUOT' || error.code === 'EFBIG';
  const why = isFull ? 'the disk that it goes to is full; free some space' : `${error.message}; look there`;
  return new EideticError(
    'STORAGE_FULL',
    `The output could not be written to its end, for ${why} and run the command again.`,
    { cause: error },
  );
}
