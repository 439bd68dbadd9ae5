import { isAtOrBelow, pathBelow } from '../domain/is-below.ts';

/**
 * The label of a file: the name of the folder that it lies in or below, in the deepest of these.
 * @param folders absolute
 * @returns null for one that lies in such a folder itself, or in none
 */
export function labelOf(path: string, folders: readonly string[]): string | null {
  const around = folders.filter((folder) => isAtOrBelow(path, folder) && folder !== path);
  if (around.length === 0) {
    return null;
  }
  const deepest = around.reduce((best, folder) => (folder.length > best.length ? folder : best));
  const [first = '', ...rest] = pathBelow(deepest, path).split('/');
  return rest.length === 0 ? null : first;
}
