import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, sep } from 'node:path';
import { EideticError } from '../../domain/errors.ts';

/**
 * The folders that a client names, without symbolic links, if every one lies inside a folder that may be indexed.
 * Asked when a job is made and again when it is begun: links and settings may have changed in between.
 * @param allowed folders from the server's own configuration; one that is not there allows nothing
 * @throws EideticError INVALID_INPUT for a path that is not absolute; FORBIDDEN for a folder outside, and in the same
 *   words for one that is not there, so that nobody learns what else is on the disk
 */
export async function resolveAllowedRoots(
  roots: readonly string[],
  allowed: readonly string[],
): Promise<string[]> {
  const bounds = await allowedFolders(allowed);
  const found: string[] = [];
  for (const root of roots) {
    // Half of a surrogate pair is no text, and the system would be asked for another name.
    if (!isAbsolute(root) || root.includes('\0') || /\p{Surrogate}/u.test(root)) {
      throw new EideticError(
        'INVALID_INPUT',
        `Found ${JSON.stringify(root.slice(0, 200))}, expected the absolute path of a folder.`,
      );
    }
    const folder = await realFolder(root);
    if (folder === null || !bounds.some((bound) => isInside(folder, bound))) {
      throw new EideticError(
        'FORBIDDEN',
        `The folder ${JSON.stringify(root)} is not there or may not be indexed; a server indexes folders inside those that it was started with.`,
      );
    }
    found.push(folder);
  }
  return found;
}

/** The folders that may be indexed, without symbolic links: those that are there. */
export async function allowedFolders(allowed: readonly string[]): Promise<string[]> {
  return (await Promise.all(allowed.map(realFolder))).filter((folder) => folder !== null);
}

function isInside(folder: string, bound: string): boolean {
  return folder === bound || folder.startsWith(bound.endsWith(sep) ? bound : bound + sep);
}

async function realFolder(path: string): Promise<string | null> {
  try {
    const real = await realpath(path);
    return (await stat(real)).isDirectory() ? real : null;
  } catch {
    return null; // not there, or not for us to see: both mean that it is not indexed
  }
}
