import { EideticError } from '../domain/errors.ts';

/** Whether a library is open, and what must end before it is closed. */
export interface LibraryState {
  /** @throws EideticError CATALOG_CLOSED when it is closing or closed */
  requireOpen(): void;
  /**
   * Runs long work that closing stops and waits for.
   * @param work is given a signal: the caller's, or that the library closes
   * @throws EideticError CATALOG_CLOSED; what the work throws
   */
  runStoppable<Result>(signal: AbortSignal, work: (stop: AbortSignal) => Promise<Result>): Promise<Result>;
  /** Refuses new work, stops what runs, and resolves when it has ended. */
  end(): Promise<void>;
}

export function libraryState(library: string): LibraryState {
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();

  function requireOpen(): void {
    if (closing.signal.aborted) {
      throw new EideticError('CATALOG_CLOSED', `The library ${library} is closed; open it again.`);
    }
  }

  return {
    requireOpen,
    async runStoppable(signal, work) {
      requireOpen();
      const run = work(AbortSignal.any([signal, closing.signal]));
      running.add(run);
      try {
        return await run;
      } catch (error) {
        // Stopped because it closes, and not because the caller asked.
        if (!signal.aborted && (error as Error).name === 'AbortError') {
          requireOpen();
        }
        throw error;
      } finally {
        running.delete(run);
      }
    },
    async end() {
      closing.abort();
      await Promise.allSettled(running);
    },
  };
}
