import { lstat } from 'node:fs/promises';
import { isAbsent } from './describe-system-error.ts';

/** Of these paths those where there is nothing. A run can take hours: what has come back meanwhile is not among them. */
export async function stillAbsent(paths: readonly string[]): Promise<string[]> {
  const isGone = await Promise.all(
    paths.map((path) =>
      lstat(path).then(
        (stats) => !stats.isFile() && !stats.isSymbolicLink(),
        (error: unknown) => isAbsent(error),
      ),
    ),
  );
  return paths.filter((_, i) => isGone[i]);
}
