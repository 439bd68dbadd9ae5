import { folderOf } from './file-name.ts';

/**
 * What may be meant by a folder: those that are known, and those around them.
 * @param roots folders that were indexed; around these nothing is
 * @param folders at or below a root, or below one without naming it
 */
export function foldersAround(roots: readonly string[], folders: Iterable<string>): string[] {
  const around = new Set(roots);
  for (const folder of folders) {
    for (let at = folder; at !== '' && !around.has(at); at = folderOf(at)) {
      around.add(at);
    }
  }
  return [...around].sort();
}
