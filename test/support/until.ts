import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something holds; fails when it does not within half a minute. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > deadline) {
      throw new Error(`waited 30 seconds in vain until ${what}`);
    }
    await sleep(20);
  }
}
