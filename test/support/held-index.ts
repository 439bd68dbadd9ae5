import { once } from 'node:events';
import type { IndexRoots } from '../../src/api/jobs/job-runner.ts';
import type { IndexSummary } from '../../src/indexer/index-files.ts';

export const EMPTY_SUMMARY: IndexSummary = {
  found: 0,
  unchanged: 0,
  indexed: 0,
  moved: 0,
  moves: [],
  embedded: 0,
  failed: 0,
  stillFailed: 0,
  rotten: 0,
  unsupported: 0,
  unsupportedEndings: {},
  others: 0,
  otherEndings: {},
  removed: 0,
  removedPaths: [],
  excluded: 0,
  away: [],
  awayFiles: 0,
  ignored: {},
  interrupted: false,
  elapsedMs: 1,
};

/** An index use case that goes on until the test lets it end, or until it is aborted; it keeps the port's promises. */
export class HeldIndex {
  /** Roots of every run that was begun. */
  readonly begun: string[][] = [];
  /** How many runs are going on. */
  running = 0;
  onProgress: Parameters<IndexRoots>[1] = () => {};
  readonly #events = new EventTarget();
  #error: Error | null = null;

  readonly run: IndexRoots = async (roots, onProgress, signal) => {
    this.begun.push([...roots]);
    this.running++;
    this.onProgress = onProgress;
    this.#events.dispatchEvent(new Event('begun'));
    if (!signal.aborted) {
      const ends = new AbortController();
      await Promise.race([
        once(this.#events, 'release', { signal: ends.signal }),
        once(signal, 'abort', { signal: ends.signal }),
      ]);
      ends.abort();
    }
    this.running--;
    const error = this.#error;
    this.#error = null;
    if (error !== null) {
      throw error;
    }
    return { ...EMPTY_SUMMARY, indexed: 3, interrupted: signal.aborted };
  };

  /** Resolves when so many runs were begun. */
  async untilBegun(runs: number): Promise<void> {
    while (this.begun.length < runs) {
      await once(this.#events, 'begun');
    }
  }

  /** Ends the current run, by an error when one is given. */
  release(error: Error | null = null): void {
    this.#error = error;
    this.#events.dispatchEvent(new Event('release'));
  }
}
