import type { KnownFile } from '../domain/file-ledger.ts';
import type { FileStamp } from '../domain/picture.ts';
import { isSameStamp } from './file-stamp.ts';

/**
 * What is to be done with a file that is there: `pending`, it must be read; `not indexed`, it was not and has not
 * changed.
 */
export type FileState = 'pending' | 'unchanged' | 'not indexed';

/**
 * @param known what the catalog knows of its path
 * @param options.force whether files that look unchanged are read again too
 * @param options.conditions under which it would be read now
 */
export function compareFile(
  stamp: FileStamp,
  known: KnownFile | null,
  { force, conditions }: { readonly force: boolean; readonly conditions: string },
): FileState {
  if (force || known === null) {
    return 'pending';
  }
  const { indexed, failure } = known;
  if (failure !== null) {
    const isWorthATry =
      failure.retry === 'next-run' || failure.conditions !== conditions || !isSameStamp(failure.stamp, stamp);
    return isWorthATry ? 'pending' : 'not indexed';
  }
  return indexed?.isDescribed && isSameStamp(indexed.stamp, stamp) ? 'unchanged' : 'pending';
}

/** An unchanged file's stamp with what the catalog did not know of it; null when there is nothing to add. */
export function filledStamp(stamp: FileStamp, known: FileStamp): FileStamp | null {
  if (known.changedMs !== null && known.inode !== null && known.device !== null) {
    return null;
  }
  const filled = {
    ...known,
    changedMs: known.changedMs ?? stamp.changedMs,
    inode: known.inode ?? stamp.inode,
    device: known.device ?? stamp.device,
  };
  const isFuller =
    filled.changedMs !== known.changedMs || filled.inode !== known.inode || filled.device !== known.device;
  return isFuller ? filled : null;
}
