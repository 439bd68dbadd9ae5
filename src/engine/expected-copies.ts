import type { CopyChoice } from '../duplicates/copy-judge.ts';
import { type CopyRecall, recallAt } from './calibration-file.ts';
import type { Library } from './library.ts';

/** Where the line between copies and what may be some was drawn, and what that is expected to get wrong and to miss. */
export interface ExpectedCopies extends CopyChoice {
  readonly recall: CopyRecall | null;
}

export async function expectedCopies(
  library: Library,
  { leastScore, leastHeldBack, called, expectedWrong, mostWrong }: CopyChoice,
): Promise<ExpectedCopies> {
  const line = { leastScore, leastHeldBack };
  return { ...line, called, expectedWrong, mostWrong, recall: await recallAt(library, line) };
}
