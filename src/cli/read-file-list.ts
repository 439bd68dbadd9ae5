import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { EideticError } from '../domain/errors.ts';
import { say } from './global-options.ts';

/** Characters of a path; no system takes a longer one. */
const LONGEST_PATH = 32_768;
const MOST_PATHS = 10_000_000;
const MOST_BYTES = 2 ** 30;

/**
 * The paths that a list holds, one a line or each ended by a NUL byte; empty ones are passed over.
 * @param source a file, or `-` for stdin
 * @throws EideticError NOT_FOUND when it is not there; INVALID_INPUT when it is a folder, holds no path, or is too long
 *   for a list of paths
 */
export async function readFileList(source: string, isNullSeparated: boolean): Promise<string[]> {
  const name = source === '-' ? 'The list on stdin' : `The list ${source}`;
  if (source === '-' && process.stdin.isTTY) {
    say('Reading the list from the terminal, one path a line; Ctrl-D ends it.');
  }
  let paths: string[];
  try {
    const stream = source === '-' ? process.stdin : await openList(source);
    paths = await pathsIn(stream, isNullSeparated, name);
  } catch (cause) {
    if (cause instanceof EideticError) {
      throw cause;
    }
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new EideticError(
      isMissing ? 'NOT_FOUND' : 'INVALID_INPUT',
      `${name} cannot be read: ${(cause as Error).message}. Name a text file with one path a line, or - for stdin.`,
      { cause },
    );
  }
  if (paths.length === 0) {
    // An empty request means all folders that the library knows, which is not what an empty list says.
    throw new EideticError('INVALID_INPUT', `${name} names no file, so there is nothing to index.`);
  }
  return paths;
}

async function openList(file: string): Promise<AsyncIterable<Uint8Array>> {
  const stats = await stat(file);
  if (stats.isDirectory()) {
    throw new EideticError(
      'INVALID_INPUT',
      `${file} is a folder, expected a list of files; to index the folder, name it without --files-from.`,
    );
  }
  if (stats.isBlockDevice() || stats.isSocket()) {
    throw new EideticError('INVALID_INPUT', `${file} is no text file, expected one path a line.`);
  }
  return createReadStream(file);
}

async function pathsIn(
  stream: AsyncIterable<Uint8Array>,
  isNullSeparated: boolean,
  name: string,
): Promise<string[]> {
  // The mark that some editors begin a text with belongs to no path.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: isNullSeparated });
  const separator = isNullSeparated ? '\0' : /\r?\n/;
  const paths: string[] = [];
  let sizeBytes = 0;
  let rest = '';
  const take = (text: string) => {
    const parts = (rest + text).split(separator);
    rest = parts.pop() ?? '';
    requirePaths([...parts, rest], name);
    for (const path of parts) {
      if (path !== '') {
        paths.push(path);
      }
    }
  };
  for await (const chunk of stream) {
    sizeBytes += chunk.length;
    if (sizeBytes > MOST_BYTES || paths.length > MOST_PATHS) {
      throw new EideticError(
        'INVALID_INPUT',
        `${name} is longer than ${MOST_BYTES} bytes or ${MOST_PATHS} paths; is it a list of files? If so, split it, or name the folder.`,
      );
    }
    take(decoder.decode(chunk, { stream: true }));
  }
  take(decoder.decode());
  return rest === '' ? paths : [...paths, rest];
}

/** A file of another kind has long lines and NUL bytes. */
function requirePaths(parts: readonly string[], name: string): void {
  for (const part of parts) {
    if (part.includes('\0')) {
      throw new EideticError(
        'INVALID_INPUT',
        `${name} holds NUL bytes; if they separate the paths, as after "find -print0", add -0.`,
      );
    }
    if (part.length > LONGEST_PATH) {
      throw new EideticError(
        'INVALID_INPUT',
        `${name} holds a line of more than ${LONGEST_PATH} characters, which is no path; expected one path a line, or with -0 paths that NUL bytes separate.`,
      );
    }
  }
}
