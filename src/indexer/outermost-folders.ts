import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isAtOrBelow } from '../domain/is-below.ts';

/**
 * Absolute paths without symbolic links, ascending; one inside another is left to that one. A path that is not
 * there stays as it is.
 */
export async function outermostFolders(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(paths.map((path) => realpath(path).catch(() => resolve(path))));
  const unique = [...new Set(found)].sort();
  return unique.filter((path) => !unique.some((other) => other !== path && isAtOrBelow(path, other)));
}
