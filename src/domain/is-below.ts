import { sep } from 'node:path';

/** Whether an absolute path is a folder, or lies anywhere below it. */
export function isAtOrBelow(path: string, folder: string): boolean {
  // No text is put together: of deep folders that would take longer than all the rest.
  return (
    path.startsWith(folder) &&
    (path.length === folder.length || folder.endsWith(sep) || path.startsWith(sep, folder.length))
  );
}

/** What an absolute path is below a folder, without the separator between them. @param path below the folder */
export function pathBelow(folder: string, path: string): string {
  return path.slice(withSeparator(folder).length);
}

/** A folder's path with the separator at its end, which that of a file system's root has anyway. */
export function withSeparator(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep;
}
