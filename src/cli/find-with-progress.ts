import type { DuplicateReport } from '../duplicates/find-duplicates.ts';
import { type DuplicateWish, findLibraryDuplicates } from '../engine/find-library-duplicates.ts';
import type { Library } from '../engine/library.ts';
import type { LibrarySpace } from '../engine/library-spaces.ts';
import type { ProgressLine } from './progress-line.ts';
import { REPORT_STEPS } from './report-steps.ts';

/** Finds duplicates, see findLibraryDuplicates, and says how far it is. */
export async function findWithProgress(
  library: Library,
  searched: LibrarySpace,
  wish: DuplicateWish,
  line: ProgressLine,
  signal: AbortSignal,
): Promise<DuplicateReport> {
  const { pictures } = await library.catalog.pictures.counts();
  return findLibraryDuplicates(
    library,
    searched,
    wish,
    ({ step, done, total }) =>
      line.update({ label: REPORT_STEPS[step], done, total: total ?? pictures, failed: 0 }),
    signal,
  );
}
