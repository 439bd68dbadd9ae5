import type { KnownFile } from '../domain/catalog.ts';
import { comparePaths } from '../domain/compare-paths.ts';
import type { FileStamp } from '../domain/picture.ts';

/** What a scan means for one path. `pending` must be read again; `failed` failed before and has not changed. */
export type Change =
  | { readonly kind: 'pending'; readonly file: FileStamp; readonly isNew: boolean }
  | { readonly kind: 'unchanged'; readonly file: KnownFile }
  | { readonly kind: 'failed'; readonly file: KnownFile }
  | { readonly kind: 'removed'; readonly file: KnownFile };

/**
 * Compares what lies on disk with what the catalog knows, by merging two streams: memory does not grow with
 * either.
 * @param found files on disk, ascending by the UTF-8 bytes of their paths
 * @param known files of the catalog, in the same order
 * @param force whether files that look unchanged are read again too
 */
export async function* planChanges(
  found: AsyncIterable<FileStamp>,
  known: AsyncIterable<KnownFile>,
  force: boolean,
): AsyncGenerator<Change> {
  const knownFiles = known[Symbol.asyncIterator]();
  let candidate = await knownFiles.next();
  for await (const file of found) {
    while (!candidate.done && comparePaths(candidate.value.path, file.path) < 0) {
      yield { kind: 'removed', file: candidate.value };
      candidate = await knownFiles.next();
    }
    if (!candidate.done && candidate.value.path === file.path) {
      yield compareFile(file, candidate.value, force);
      candidate = await knownFiles.next();
    } else {
      yield { kind: 'pending', file, isNew: true };
    }
  }
  for (; !candidate.done; candidate = await knownFiles.next()) {
    yield { kind: 'removed', file: candidate.value };
  }
}

/** What a file on disk means when the catalog knows its path. */
export function compareFile(file: FileStamp, known: KnownFile, force: boolean): Change {
  const isSame = file.sizeBytes === known.sizeBytes && file.modifiedMs === known.modifiedMs;
  if (force || !isSame || known.state === 'undescribed' || known.state === 'failed-transiently') {
    return { kind: 'pending', file, isNew: false };
  }
  return { kind: known.state === 'failed' ? 'failed' : 'unchanged', file: known };
}
