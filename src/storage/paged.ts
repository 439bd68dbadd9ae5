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

/** The rows of {@link pages}, one by one. */
export async function* paged<Row>(
  limit: number,
  read: (last: Row | null) => Promise<readonly Row[]>,
): AsyncGenerator<Row> {
  for await (const page of pages(limit, read)) {
    yield* page;
  }
}
