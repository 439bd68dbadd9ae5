import { inFlight } from './in-flight.ts';

/** Pictures through one stage, with so many in flight. */
export interface TimedPass {
  readonly inFlight: number;
  readonly pictures: number;
  readonly seconds: number;
  /** Of all threads of the process. */
  readonly cpuSeconds: number;
}

/** Does some work for each item, so many at a time, and tells what it took. */
export async function timedPass<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<unknown>,
): Promise<TimedPass> {
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  await inFlight(items, atOnce, work);
  const seconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { inFlight: atOnce, pictures: items.length, seconds, cpuSeconds: (user + system) / 1e6 };
}
