import { stat } from 'node:fs/promises';
import type { FileLedger } from '../domain/file-ledger.ts';
import type { FileStamp } from '../domain/picture.ts';
import { mergeByPath } from '../indexer/merge-by-path.ts';
import { type Check, checkOf } from './check.ts';

/** The folder of a library in which uploads are kept. */
export interface UploadsFolder {
  /** Every file in it, ascending by the bytes of its path. */
  files(): AsyncIterable<FileStamp>;
}

/**
 * Compares the uploads with what the catalog says of them. A file that is gone or of another size is a loss; one that
 * no picture lists is to be taken into the library, since somebody may believe it to be kept.
 */
export async function checkUploads(ledger: FileLedger, uploads: UploadsFolder): Promise<Check> {
  let intact = 0;
  let unlisted = 0;
  const lost: string[] = [];
  for await (const { found, known } of mergeByPath(uploads.files(), ledger.knownUploads([]))) {
    const indexed = known?.indexed ?? null;
    if (indexed === null) {
      unlisted += found === null ? 0 : 1;
    } else if (found?.sizeBytes === indexed.stamp.sizeBytes || !(await isLost(ledger, indexed.stamp.path))) {
      intact++;
    } else {
      lost.push(indexed.stamp.path);
    }
  }
  const left =
    unlisted === 0
      ? ''
      : ` ${unlisted} more are there that no picture lists: the server was killed before it had entered them, or the catalog is another or older than they are. "eidetic doctor --repair" or the next start of "eidetic serve" takes them into the library; if they stay, "eidetic failures" says why.`;
  return lost.length === 0
    ? checkOf('uploads', true, `All ${intact} are there.${left}`)
    : checkOf(
        'uploads',
        false,
        `Of ${intact + lost.length}, ${lost.length} are gone, changed or out of reach, the first ${lost[0]}; make them readable again, restore them from a backup, or delete their pictures over HTTP.${left}`,
      );
}

/** Looks once more at both sides, for uploads come and go while this is looked at. */
async function isLost(ledger: FileLedger, path: string): Promise<boolean> {
  const indexed = (await ledger.knownFile(path, []))?.indexed ?? null;
  const stats = await stat(path).catch(() => null);
  return indexed !== null && stats?.size !== indexed.stamp.sizeBytes;
}
