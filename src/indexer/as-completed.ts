/**
 * Works on up to `atOnce` items at once and yields each result when it is there, so that a slow one holds up nobody.
 * Results that nobody has taken yet count as in work. The first error surfaces after what was done before it, once;
 * work begun is awaited then and its outcome dropped. An error of the items themselves surfaces at once.
 * @param atOnce 1 or more
 */
export async function* asCompleted<Item, Result>(
  items: AsyncIterable<Item>,
  work: (item: Item) => Promise<Result>,
  atOnce: number,
): AsyncGenerator<Result> {
  const source = items[Symbol.asyncIterator]();
  const inFlight = new Set<Promise<void>>();
  const done: Array<() => Result> = [];
  let wake = () => {};
  let isOver = false;

  function begin(item: Item): void {
    const running: Promise<void> = work(item)
      .then(
        (result) => () => result,
        (error: unknown) => () => {
          throw error;
        },
      )
      .then((outcome) => {
        inFlight.delete(running);
        done.push(outcome);
        wake();
      });
    inFlight.add(running);
  }

  try {
    for (;;) {
      while (!isOver && inFlight.size + done.length < atOnce) {
        const next = await source.next();
        if (next.done) {
          isOver = true;
        } else {
          begin(next.value);
        }
      }
      if (done.length === 0 && inFlight.size > 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const outcome = done.shift();
      if (outcome === undefined) {
        return;
      }
      yield outcome();
    }
  } finally {
    await Promise.all(inFlight);
    if (!isOver) {
      await source.return?.();
    }
  }
}
