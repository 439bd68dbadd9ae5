import { basename, dirname, extname, join, relative } from 'node:path';
import { isAtOrBelow } from '../domain/is-below.ts';

/**
 * Says where files of several folders go below another one: under the name of their folder, as they lay in it. Folders of
 * one name are told apart by numbers.
 * @param roots absolute
 * @param target absolute
 * @returns null for a file that lies in none of them
 */
export function placesBelow(roots: readonly string[], target: string): (path: string) => string | null {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const root of roots.toSorted()) {
    const name = basename(root) || 'root';
    names.set(
      root,
      freeName(name, (one) => taken.has(one.toLowerCase())),
    );
    taken.add((names.get(root) as string).toLowerCase());
  }
  const deepestFirst = roots.toSorted((a, b) => b.length - a.length);
  return (path) => {
    const root = deepestFirst.find((one) => isAtOrBelow(path, one));
    return root === undefined ? null : join(target, names.get(root) as string, relative(root, path));
  };
}

/** A path as it is, or the first numbered one that is not taken. */
export function freeName(path: string, isTaken: (path: string) => boolean): string {
  const ending = extname(path);
  const stem = basename(path, ending);
  let free = path;
  for (let n = 2; isTaken(free); n++) {
    free = join(dirname(path), `${stem} ${n}${ending}`);
  }
  return free;
}
