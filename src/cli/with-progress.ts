import { abortOnInterrupt } from './interrupt.ts';
import { ProgressLine } from './progress-line.ts';

/** Failures named one by one while something goes on; the rest is counted and listed elsewhere. */
const FAILURES_NAMED = 20;

/** Tells a person how something goes on, on stderr. */
export interface ToldProgress {
  readonly update: ProgressLine['update'];
  /** Names one of the first failures. @returns whether it was the last one to be named */
  fail(failure: { readonly path: string; readonly message: string }): boolean;
  readonly say: ProgressLine['say'];
  /** To be called before results are printed. */
  readonly clear: ProgressLine['clear'];
}

/** Does something that can take long, with progress on stderr and Ctrl-C that ends it. */
export async function withProgress<Result>(
  work: (told: ToldProgress, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const line = new ProgressLine(process.stderr);
  const interrupt = abortOnInterrupt(() =>
    line.say('Stopping: finishing the pictures in progress… Ctrl-C again ends at once.'),
  );
  let named = 0;
  const told: ToldProgress = {
    update: (progress) => line.update(progress),
    say: (text) => line.say(text),
    clear: () => line.clear(),
    fail({ path, message }) {
      if (named++ < FAILURES_NAMED) {
        line.say(`failed: ${path}: ${message}`);
      }
      return named === FAILURES_NAMED;
    },
  };
  try {
    return await work(told, interrupt.signal);
  } finally {
    line.clear();
    interrupt.dispose();
  }
}
