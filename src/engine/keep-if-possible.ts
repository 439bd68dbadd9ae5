import { EideticError } from '../domain/errors.ts';
import type { Library } from './library.ts';

/** What stands in the way of keeping an answer, and of nothing else: the answer is as right. */
const OBSTACLES: ReadonlySet<string> = new Set(['READ_ONLY', 'STORAGE_FULL', 'CATALOG_BUSY']);

/**
 * Keeps what was found, for the next who ask, as long as that is possible; says so once when it is not.
 * @param what was found, for the log
 */
export function keepIfPossible<Found>(
  { catalog, logger }: Pick<Library, 'catalog' | 'logger'>,
  what: string,
  keep: (found: Found) => Promise<void>,
): (found: Found) => Promise<void> {
  let mayKeep = !catalog.isReadOnly;
  return async (found) => {
    try {
      await (mayKeep ? keep(found) : undefined);
    } catch (error) {
      if (!(error instanceof EideticError && OBSTACLES.has(error.code))) {
        throw error;
      }
      mayKeep = false;
      logger.warn(`${what} is not kept, and looked at again the next time`, { reason: error.message });
    }
  };
}
