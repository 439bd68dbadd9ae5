import { comparePaths } from '../domain/compare-paths.ts';

/** What two streams have at one path; at least one of the two is there. */
export interface Merged<Found, Known> {
  readonly found: Found | null;
  readonly known: Known | null;
}

/**
 * Pairs what two streams have by path: memory does not grow with either.
 * @param found ascending by the UTF-8 bytes of their paths
 * @param known in the same order
 */
export async function* mergeByPath<Found extends { path: string }, Known extends { path: string }>(
  found: AsyncIterable<Found>,
  known: AsyncIterable<Known>,
): AsyncGenerator<Merged<Found, Known>> {
  const rest = known[Symbol.asyncIterator]();
  let candidate = await rest.next();
  for await (const item of found) {
    while (!candidate.done && isBefore(candidate.value.path, item.path)) {
      yield { found: null, known: candidate.value };
      candidate = await rest.next();
    }
    if (!candidate.done && candidate.value.path === item.path) {
      yield { found: item, known: candidate.value };
      candidate = await rest.next();
    } else {
      yield { found: item, known: null };
    }
  }
  for (; !candidate.done; candidate = await rest.next()) {
    yield { found: null, known: candidate.value };
  }
}

/** Most are the same, which is told without going through them letter by letter. */
function isBefore(a: string, b: string): boolean {
  return a !== b && comparePaths(a, b) < 0;
}
