import type { EvaluationProgress } from '../engine/evaluate-labels.ts';
import type { LookedFolders } from '../engine/look-at-folders.ts';
import { EXIT_SOME_FAILED } from './exit-codes.ts';
import { abortOnInterrupt } from './interrupt.ts';
import { ProgressLine } from './progress-line.ts';

/** Failures named one by one while an evaluation goes on; all of them are in what it prints. */
const FAILURES_NAMED = 20;

const LABELS = { look: 'Looking at', edit: 'Editing', compare: 'Comparing' } as const;

/** Evaluates with progress on stderr and Ctrl-C that ends it; sets the exit code. */
export async function runEvaluation<Result extends { readonly looked: LookedFolders }>(
  evaluate: (onProgress: (progress: EvaluationProgress) => void, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const line = new ProgressLine(process.stderr);
  const interrupt = abortOnInterrupt(() =>
    line.say('Stopping: finishing the pictures in progress… Ctrl-C again ends at once.'),
  );
  let named = 0;
  const onProgress = (progress: EvaluationProgress) => {
    const failure = progress.phase === 'look' ? progress.failure : null;
    if (failure !== null && named++ < FAILURES_NAMED) {
      line.say(`failed: ${failure.path}: ${failure.message}`);
    }
    const failed = progress.phase === 'look' ? progress.failed : 0;
    line.update({ label: LABELS[progress.phase], done: progress.done, total: progress.total, failed });
  };
  try {
    const result = await evaluate(onProgress, interrupt.signal);
    process.exitCode = result.looked.failures.length > 0 ? EXIT_SOME_FAILED : 0;
    return result;
  } finally {
    line.clear();
    interrupt.dispose();
  }
}
