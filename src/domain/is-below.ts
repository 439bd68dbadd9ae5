import { sep } from 'node:path';

/** Whether an absolute path is a folder, or lies anywhere below it. */
export function isAtOrBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(withSeparator(folder));
}

/** What an absolute path is below a folder, without the separator between them. @param path below the folder */
export function pathBelow(folder: string, path: string): string {
  return path.slice(withSeparator(folder).length);
}

/** A folder's path with the separator at its end, which that of a file system's root has anyway. */
export function withSeparator(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep;
}
