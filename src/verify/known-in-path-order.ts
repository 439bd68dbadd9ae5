import { comparePaths } from '../domain/compare-paths.ts';
import type { FileLedger, KnownFile } from '../domain/file-ledger.ts';

/** Every path that a ledger knows, ascending by the UTF-8 bytes of the path: roots lie inside each other. */
export async function* knownInPathOrder(
  files: Pick<FileLedger, 'roots' | 'knownFiles' | 'knownListed' | 'knownUploads'>,
): AsyncGenerator<KnownFile> {
  const roots = await files.roots();
  const sources = [
    ...roots.map(({ id }) => files.knownFiles(id, [])),
    files.knownListed([]),
    files.knownUploads([]),
  ].map((source) => source[Symbol.asyncIterator]());
  try {
    const heads = await Promise.all(sources.map(async (source) => ({ source, next: await source.next() })));
    for (;;) {
      const open = heads.filter(({ next }) => next.done !== true);
      const [head] = open.sort((a, b) => comparePaths(a.next.value.path, b.next.value.path));
      if (head === undefined) {
        return;
      }
      yield head.next.value;
      head.next = await head.source.next();
    }
  } finally {
    await Promise.all(sources.map((source) => source.return?.()));
  }
}
