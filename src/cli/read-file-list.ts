import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { describeSystemError } from '../domain/describe-system-error.ts';
import { EideticError } from '../domain/errors.ts';
import { say } from './global-options.ts';

/** Files that a list names. */
export interface FileList {
  readonly paths: readonly string[];
  /** Bytes of those that are not UTF-8: as text, two of them could be one, or another file. */
  readonly rawPaths: readonly Uint8Array[];
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = Uint8Array.of(0xef, 0xbb, 0xbf);

/** Bytes of a path; no system takes a longer one, not even Windows in the longest letters. */
const LONGEST_PATH = 98_304;
const MOST_PATHS = 10_000_000;
const MOST_BYTES = 2 ** 30;

/**
 * The files that a list names, one a line or each ended by a NUL byte; empty ones are passed over.
 * @param source a file, or `-` for stdin
 * @throws EideticError NOT_FOUND when it is not there; INVALID_INPUT when it is a folder, holds no path, or is too long
 *   for a list of paths
 */
export async function readFileList(source: string, isNullSeparated: boolean): Promise<FileList> {
  const name = source === '-' ? 'The list on stdin' : `The list ${source}`;
  if (source === '-' && process.stdin.isTTY) {
    say('Reading the list from the terminal, one path a line; Ctrl-D ends it.');
  }
  let list: FileList;
  try {
    const stream = source === '-' ? process.stdin : await openList(source);
    list = await listIn(stream, isNullSeparated, name);
  } catch (cause) {
    if (cause instanceof EideticError) {
      throw cause;
    }
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new EideticError(
      isMissing ? 'NOT_FOUND' : 'INVALID_INPUT',
      `${name} cannot be read: ${describeSystemError(cause)}. Name a text file with one path a line, or - for stdin.`,
      { cause },
    );
  }
  if (list.paths.length + list.rawPaths.length === 0) {
    // An empty request means all folders that the library knows, which is not what an empty list says.
    throw new EideticError('INVALID_INPUT', `${name} names no file, so there is nothing to index.`);
  }
  return list;
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

async function listIn(
  stream: AsyncIterable<Uint8Array>,
  isNullSeparated: boolean,
  name: string,
): Promise<FileList> {
  const paths: string[] = [];
  const rawPaths: Uint8Array[] = [];
  const take = (line: Buffer) => {
    const path = isNullSeparated ? line : withoutCarriageReturn(line);
    requirePath(path, isNullSeparated, name);
    if (!isUtf8(path)) {
      rawPaths.push(Uint8Array.from(path));
    } else if (path.length > 0) {
      paths.push(path.toString('utf8'));
    }
  };
  const separator = isNullSeparated ? 0 : LINE_FEED;
  let sizeBytes = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    const isFirst = sizeBytes === 0;
    sizeBytes += chunk.length;
    const bytes = Buffer.concat([rest, chunk]);
    // The mark that some editors begin a text with belongs to no path.
    let start = isFirst && !isNullSeparated && bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
    for (let end = bytes.indexOf(separator, start); end >= 0; end = bytes.indexOf(separator, start)) {
      take(bytes.subarray(start, end));
      start = end + 1;
    }
    rest = bytes.subarray(start);
    requirePath(rest, isNullSeparated, name);
    if (sizeBytes > MOST_BYTES || paths.length + rawPaths.length > MOST_PATHS) {
      throw new EideticError(
        'INVALID_INPUT',
        `${name} is longer than ${MOST_BYTES} bytes or ${MOST_PATHS} paths; is it a list of files? If so, split it, or name the folder.`,
      );
    }
  }
  take(rest);
  return { paths, rawPaths };
}

function withoutCarriageReturn(line: Buffer): Buffer {
  return line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
}

/** A file of another kind has long lines and NUL bytes. */
function requirePath(path: Buffer, isNullSeparated: boolean, name: string): void {
  if (!isNullSeparated && path.includes(0)) {
    throw new EideticError(
      'INVALID_INPUT',
      `${name} holds NUL bytes; if they separate the paths, as after "find -print0", add -0.`,
    );
  }
  if (path.length > LONGEST_PATH) {
    throw new EideticError(
      'INVALID_INPUT',
      `${name} holds a line of more than ${LONGEST_PATH} bytes, which is no path; expected one path a line, or with -0 paths that NUL bytes separate.`,
    );
  }
}
