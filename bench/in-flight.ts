/** Does some work for each item, so many at a time, begun in their order. The first error ends it. */
export async function inFlight<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const waiting = items.values();
  const take = async () => {
    for (const item of waiting) {
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, take));
}
