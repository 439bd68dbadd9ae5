/**
 * Works on up to `ahead` items at once and yields the results in the order of the items.
 * The first error surfaces in its place, once; work begun after it is awaited and its outcome dropped. An error of
 * the items themselves surfaces at once.
 * @param ahead 1 or more
 */
export async function* prefetch<Item, Result>(
  items: AsyncIterable<Item>,
  work: (item: Item) => Promise<Result>,
  ahead: number,
): AsyncGenerator<Result> {
  const inFlight: Array<Promise<Result>> = [];
  const source = items[Symbol.asyncIterator]();
  let isOver = false;
  try {
    for (;;) {
      while (!isOver && inFlight.length < ahead) {
        const next = await source.next();
        if (next.done) {
          isOver = true;
          break;
        }
        const result = work(next.value);
        // An error may wait its turn for long; until then it is not an unhandled one.
        result.catch(() => {});
        inFlight.push(result);
      }
      const first = inFlight.shift();
      if (first === undefined) {
        return;
      }
      yield await first;
    }
  } finally {
    await Promise.allSettled(inFlight);
    if (!isOver) {
      await source.return?.();
    }
  }
}
