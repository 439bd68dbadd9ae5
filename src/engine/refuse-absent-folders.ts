import { readdir, stat } from 'node:fs/promises';
import { EideticError } from '../domain/errors.ts';

/**
 * Refuses to go on when an indexed folder is away: files of a drive that is not mounted would look as if they had
 * been deleted.
 * @throws EideticError NOT_FOUND
 */
export async function refuseAbsentFolders(roots: readonly string[]): Promise<void> {
  for (const root of roots) {
    const isThere = await stat(root).then(
      async (stats) => !stats.isDirectory() || (await readdir(root)).length > 0,
      () => false,
    );
    if (!isThere) {
      throw new EideticError(
        'NOT_FOUND',
        `The indexed folder ${root} is away or empty; is a drive not mounted? Nothing was changed. If it is really gone, run "eidetic index --allow-empty" first.`,
      );
    }
  }
}
