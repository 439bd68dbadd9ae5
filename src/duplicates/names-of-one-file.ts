import type { PictureFile } from '../domain/picture-catalog.ts';

/**
 * Sets of paths that are one file by several names (hard links, a folder mounted twice): removing one of them frees
 * nothing, and writing to one changes them all. Paths of which nobody knows what they are names of are in none.
 * @returns two or more paths each; sets and paths in the order of `files`
 */
export function namesOfOneFile(files: readonly PictureFile[]): string[][] {
  const names = new Map<string, string[]>();
  for (const { path, identity } of files) {
    if (identity !== null) {
      const paths = names.get(identity) ?? [];
      paths.push(path);
      names.set(identity, paths);
    }
  }
  return [...names.values()].filter((paths) => paths.length > 1);
}
