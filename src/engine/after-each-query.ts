import type { EvaluationProgress } from './evaluate-labels.ts';

/**
 * To be called after each of some queries: who watches is told, and others have their turn.
 * @throws the signal's reason, when it is called
 */
export function afterEachQuery(
  total: number,
  onProgress: (progress: EvaluationProgress) => void,
  signal: AbortSignal,
): () => Promise<void> {
  let done = 0;
  return async () => {
    onProgress({ phase: 'compare', done: ++done, total });
    await new Promise(setImmediate);
    signal.throwIfAborted();
  };
}
