import type { Config } from '../config/config.ts';
import { EideticError } from '../domain/errors.ts';
import { isAtOrBelow } from '../domain/is-below.ts';
import { realPlace } from '../engine/real-place.ts';
import { hasLibrary } from '../engine/require-library.ts';
import { lookAtRoot } from '../indexer/look-at-root.ts';
import { outermostFolders } from '../indexer/outermost-folders.ts';
import { requireKnown } from '../indexer/plan-root.ts';

/**
 * Whether a library may be made that is not there yet: there must be something to put into it. Asked before anything is
 * made, so that a refusal leaves nothing behind.
 * @param paths folders and files to be indexed
 * @param listed how many single files are named beside them
 * @throws EideticError NOT_FOUND, INVALID_INPUT when a path is not there or is no folder or file; INVALID_INPUT when the
 *   library would be made among the pictures, because nobody said where
 */
export async function mayCreate(config: Config, paths: readonly string[], listed = 0): Promise<boolean> {
  if (hasLibrary(config) || paths.length + listed === 0) {
    return false;
  }
  const roots = await outermostFolders(paths, []);
  for (const path of roots) {
    requireKnown({ path, id: null }, await lookAtRoot(path));
  }
  const library = realPlace(config.library);
  const around = roots.find((root) => isAtOrBelow(library, root));
  if (around !== undefined && !config.isLibraryNamed) {
    throw new EideticError(
      'INVALID_INPUT',
      `The library would be made in ${config.library}, among the pictures of ${around}, because none was named; name a folder for it with --library or EIDETIC_LIBRARY. Nothing was made.`,
    );
  }
  return true;
}
