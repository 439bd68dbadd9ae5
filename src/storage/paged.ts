import { setImmediate } from 'node:timers/promises';

/**
 * Reads page after page. Nothing stays open in between, for a connection can do nothing else while a statement is
 * stepped through, and the event loop has its turn.
 * @param limit rows of a page; a shorter one is the last
 * @param read the page behind a row, or the first
 */
export async function* pages<Row>(
  limit: number,
  read: (last: Row | null) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  let page = await read(null);
  yield page;
  while (page.length === limit) {
    await setImmediate();
    page = await read(page.at(-1) as Row);
    yield page;
  }
}

/** The rows of {@link pages}, one by one: by hand, since a generator takes several times as long for each. */
export function paged<Row>(
  limit: number,
  read: (last: Row | null) => Promise<readonly Row[]>,
): AsyncIterable<Row> {
  return {
    [Symbol.asyncIterator]() {
      const source = pages(limit, read);
      let page: readonly Row[] = [];
      let taken = 0;
      return {
        async next(): Promise<IteratorResult<Row>> {
          if (taken === page.length) {
            const next = await source.next();
            page = next.done ? [] : next.value;
            taken = 0;
          }
          return taken < page.length
            ? { done: false, value: page[taken++] as Row }
            : { done: true, value: undefined };
        },
        async return(): Promise<IteratorResult<Row>> {
          await source.return(undefined);
          return { done: true, value: undefined };
        },
      };
    },
  };
}
