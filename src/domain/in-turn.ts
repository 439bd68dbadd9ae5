/**
 * Works on up to `atOnce` items at once and yields the results in the order of the items. The first error surfaces in its
 * turn; work begun is awaited then and its outcome dropped.
 * @param atOnce 1 or more
 */
export async function* inTurn<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  work: (item: Item) => Promise<Result>,
  atOnce: number,
): AsyncGenerator<Result> {
  const begun: Array<Promise<Result>> = [];
  try {
    for await (const item of items) {
      const result = work(item);
      result.catch(() => {}); // surfaces in its turn
      begun.push(result);
      if (begun.length >= atOnce) {
        yield await (begun.shift() as Promise<Result>);
      }
    }
    while (begun.length > 0) {
      yield await (begun.shift() as Promise<Result>);
    }
  } finally {
    await Promise.allSettled(begun);
  }
}
