import { EideticError } from '../domain/errors.ts';

/** Runs only so many pieces of work at once and lets only so many wait. */
export interface BoundedQueue {
  readonly running: number;
  readonly waiting: number;
  /**
   * @param signal takes it out of the queue while it waits; once it runs, it runs to its end
   * @throws EideticError OVERLOADED at once when too many wait; the signal's reason
   */
  run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

/** @param name what the work is, for the message */
export function boundedQueue(name: string, atOnce: number, mostWaiting: number): BoundedQueue {
  const waiting: Array<() => void> = [];
  let running = 0;

  function turn(signal: AbortSignal): Promise<void> {
    if (running < atOnce) {
      running++;
      return Promise.resolve();
    }
    if (waiting.length >= mostWaiting) {
      throw new EideticError(
        'OVERLOADED',
        `Found ${waiting.length} requests waiting for ${name}, the most there may be; try again in a moment.`,
      );
    }
    return new Promise((resolve, reject) => {
      const start = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(start), 1);
        reject(signal.reason);
      };
      waiting.push(start);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  function passOn(): void {
    const next = waiting.shift();
    if (next === undefined) {
      running--;
    } else {
      next();
    }
  }

  return {
    get running() {
      return running;
    },
    get waiting() {
      return waiting.length;
    },
    async run(work, signal) {
      signal.throwIfAborted();
      await turn(signal);
      try {
        return await work();
      } finally {
        passOn();
      }
    },
  };
}
