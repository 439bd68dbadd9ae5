import { setImmediate } from 'node:timers/promises';

/** What waits meanwhile may need several turns: far under the 50 ms that the event loop may be held. */
const LONGEST_STRETCH_MS = 8;

/** Makes a function to await between steps of long work: it lets the event loop turn when the work has held it long. */
export function yieldWhenDue(): () => Promise<void> | undefined {
  let stretchStart = performance.now();
  return () => {
    if (performance.now() - stretchStart < LONGEST_STRETCH_MS) return undefined;
    return setImmediate().then(() => {
      stretchStart = performance.now();
    });
  };
}
