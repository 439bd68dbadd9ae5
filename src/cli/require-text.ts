import { isUtf8 } from 'node:buffer';
import { readFileSync, readlinkSync } from 'node:fs';
import { EideticError } from '../domain/errors.ts';
import { readableBytes } from '../domain/readable-bytes.ts';

/** What Node puts for bytes that are not UTF-8. It may stand in a name too, and so lead to another file. */
const REPLACEMENT = '\ufffd';

/**
 * Refuses words, and a folder to work in, that are not UTF-8: Node gives them changed, and they would lead elsewhere.
 * Only Linux has them.
 * @throws EideticError INVALID_INPUT
 */
export function requireText(words: readonly string[]): void {
  if (process.platform !== 'linux') {
    return;
  }
  if (words.some((word) => word.includes(REPLACEMENT))) {
    requireTextWords(splitAtNul(readFileSync('/proc/self/cmdline')));
  }
  if (words.length > 0 && process.cwd().includes(REPLACEMENT)) {
    requireTextFolder(readlinkSync('/proc/self/cwd', { encoding: 'buffer' }));
  }
}

function requireTextWords(words: readonly Buffer[]): void {
  const bad = words.find((word) => !isUtf8(word));
  if (bad !== undefined) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found the argument ${readableBytes(bad)}, which is not valid UTF-8; rename what it names, or name the folder above it. A picture to search for can come by stdin: "eidetic search - < FILE".`,
    );
  }
}

function requireTextFolder(folder: Buffer): void {
  if (!isUtf8(folder)) {
    throw new EideticError(
      'INVALID_INPUT',
      `The current folder ${readableBytes(folder)} has a name that is not valid UTF-8, and names would lead elsewhere from it; rename it, or run this in another.`,
    );
  }
}

function splitAtNul(bytes: Buffer): Buffer[] {
  const words: Buffer[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0, start);
    words.push(bytes.subarray(start, end < 0 ? bytes.length : end));
    start = end < 0 ? bytes.length : end + 1;
  }
  return words;
}
