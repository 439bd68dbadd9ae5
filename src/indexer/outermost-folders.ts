import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EideticError } from '../domain/errors.ts';
import { isAtOrBelow } from '../domain/is-below.ts';
import { readableBytes } from '../domain/readable-bytes.ts';
import { spelledOnDisk } from './spelled-on-disk.ts';
import { textOfName } from './text-of-name.ts';
import { underKnownRoot } from './under-known-root.ts';

/**
 * Absolute paths without symbolic links, ascending, by the names that the library's roots have, or else the disk; one
 * inside another is left to that one. A path that is not there stays as it is.
 * @param roots paths of the library's roots
 * @throws EideticError INVALID_INPUT for one that leads to a name that is not UTF-8
 */
export async function outermostFolders(
  paths: readonly string[],
  roots: readonly string[],
): Promise<string[]> {
  const found = await Promise.all(paths.map((path) => folderAt(path, roots)));
  const unique = [...new Set(found)].sort();
  return unique.filter((path) => !unique.some((other) => other !== path && isAtOrBelow(path, other)));
}

async function folderAt(named: string, roots: readonly string[]): Promise<string> {
  const path = resolve(named);
  const real = await realpath(path, { encoding: 'buffer' }).catch(() => null);
  const text = real === null ? path : textOfName(real);
  if (text === null) {
    throw new EideticError(
      'INVALID_INPUT',
      `${named} leads to ${readableBytes(real as Buffer)}, whose name is not valid UTF-8, so the library cannot keep it; rename it.`,
    );
  }
  return roots.includes(text) ? text : underKnownRoot(await spelledOnDisk(text), roots);
}
