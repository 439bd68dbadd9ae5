import { type MergedDecisions, mergeDecisions } from '../curation/merge-decisions.ts';
import { readDecisions } from '../curation/read-decisions.ts';
import type { Library } from './library.ts';
import { allDecisions } from './library-decisions.ts';

/** Another may be deciding. */
const PATIENCE_MS = 20_000;

/**
 * Takes over what was decided elsewhere: all of what the files say, or nothing.
 * @param paths files of decisions as lines
 * @throws EideticError INVALID_INPUT with the line that is wrong; READ_ONLY, CATALOG_BUSY
 */
export async function mergeLibraryDecisions(
  { catalog, lock }: Pick<Library, 'catalog' | 'lock'>,
  paths: readonly string[],
): Promise<MergedDecisions> {
  const files = await Promise.all(paths.map(readDecisions));
  const held = await lock.acquire('upload', PATIENCE_MS);
  try {
    const merged = mergeDecisions(await allDecisions(catalog), files);
    await catalog.decisions.recordAll(merged.added);
    return merged;
  } finally {
    await held.release();
  }
}
