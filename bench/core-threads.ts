import { Worker } from 'node:worker_threads';

/** Threads that run one script each and answer one question at a time. */
export interface CoreThreads<Question> {
  /** One for each thread, to be awaited before the thread's next. */
  readonly ask: ReadonlyArray<(question: Question) => Promise<void>>;
  end(): Promise<void>;
}

/**
 * Starts a thread for each core, for work that blocks its thread. Each answers every message when it is done with it.
 * @param script compiled module of the threads
 */
export function startCoreThreads<Question>(script: URL, cores: number): CoreThreads<Question> {
  const workers = Array.from({ length: cores }, () => new Worker(script));
  const ask = workers.map(
    (worker) => (question: Question) =>
      new Promise<void>((resolve, reject) => {
        const settle = (end: () => void) => {
          worker.removeAllListeners('message').removeAllListeners('error');
          end();
        };
        worker.once('message', () => settle(resolve));
        worker.once('error', (error) => settle(() => reject(error)));
        worker.postMessage(question);
      }),
  );
  return {
    ask,
    async end() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
