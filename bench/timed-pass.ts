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
  inFlight: number,
  work: (item: Item) => Promise<unknown>,
): Promise<TimedPass> {
  const waiting = items.values();
  const take = async () => {
    for (const item of waiting) {
      await work(item);
    }
  };
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: inFlight }, take));
  const seconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { inFlight, pictures: items.length, seconds, cpuSeconds: (user + system) / 1e6 };
}
