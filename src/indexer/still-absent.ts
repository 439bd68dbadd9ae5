import { lstat } from 'node:fs/promises';
import { isAbsent } from '../domain/describe-system-error.ts';
import { spelledOnDisk } from './spelled-on-disk.ts';

/**
 * Of these paths those where there is nothing. A run can take hours: what has come back meanwhile is not among them. A
 * file that answers to its former name because its disk does not tell upper from lower case has not come back: by two
 * names it would look like two copies.
 */
export async function stillAbsent(paths: readonly string[]): Promise<string[]> {
  const folders = new Map<string, string>();
  const isGone = await Promise.all(
    paths.map(async (path) => {
      try {
        const stats = await lstat(path);
        const isThere = stats.isFile() || stats.isSymbolicLink();
        return !isThere || (await spelledOnDisk(path, folders)) !== path;
      } catch (error) {
        return isAbsent(error);
      }
    }),
  );
  return paths.filter((_, i) => isGone[i]);
}
