import type { EvaluationProgress } from '../engine/evaluate-labels.ts';
import type { LookedFolders } from '../engine/look-at-folders.ts';
import { EXIT_SOME_FAILED } from './exit-codes.ts';
import { withProgress } from './with-progress.ts';

const LABELS = { look: 'Looking at', edit: 'Editing', compare: 'Comparing' } as const;

/** Evaluates with progress on stderr and Ctrl-C that ends it; sets the exit code. */
export function runEvaluation<Result extends { readonly looked: LookedFolders }>(
  evaluate: (onProgress: (progress: EvaluationProgress) => void, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  return withProgress(async (told, signal) => {
    const result = await evaluate((progress) => {
      const { phase, done, total } = progress;
      const { failure, failed } = phase === 'look' ? progress : { failure: null, failed: 0 };
      if (failure !== null) {
        told.fail(failure); // all of them are in what it prints
      }
      told.update({ label: LABELS[phase], done, total, failed });
    }, signal);
    process.exitCode = result.looked.failures.length > 0 ? EXIT_SOME_FAILED : 0;
    return result;
  });
}
