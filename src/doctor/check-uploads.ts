import type { Catalog } from '../domain/catalog.ts';
import type { FileStamp } from '../domain/picture.ts';
import { type Change, planChanges } from '../indexer/plan-changes.ts';

/** The folder of a library in which uploads are kept. */
export interface UploadsFolder {
  /** Absolute. */
  readonly root: string;
  /** Every file in it, ascending by the bytes of its path. */
  files(): AsyncIterable<FileStamp>;
}

/**
 * Compares the uploads with what the catalog says of them. A file that is gone or another is a loss; one that no
 * picture lists was being uploaded when the server was killed, and nobody was told that it is kept.
 */
export async function checkUploads(
  catalog: Catalog,
  modelKey: string,
  uploads: UploadsFolder,
): Promise<{ isSound: boolean; finding: string }> {
  let intact = 0;
  let unlisted = 0;
  const lost: string[] = [];
  for await (const change of planChanges(
    uploads.files(),
    catalog.knownFiles(uploads.root, modelKey),
    false,
  )) {
    if (change.kind === 'pending' && change.isNew) {
      unlisted++;
    } else if (await isLost(catalog, modelKey, change)) {
      lost.push(change.file.path);
    } else {
      intact++;
    }
  }
  const left = unlisted === 0 ? '' : ` ${unlisted} more were cut short before they were kept.`;
  if (lost.length === 0) {
    return { isSound: true, finding: `All ${intact} are there.${left}` };
  }
  return {
    isSound: false,
    finding: `Of ${intact + lost.length}, ${lost.length} are gone or changed, the first ${lost[0]}; restore them from a backup, or delete their pictures over HTTP.${left}`,
  };
}

/**
 * Asks once more, for uploads come and go while this is looked at; and a file that is to be read again may only lack
 * the embedding of a model, or have the time at which a backup was restored.
 */
async function isLost(catalog: Catalog, modelKey: string, { kind, file }: Change): Promise<boolean> {
  if (kind !== 'removed' && kind !== 'pending') {
    return false;
  }
  const known = await catalog.knownFile(file.path, modelKey);
  return known !== null && (kind === 'removed' || known.sizeBytes !== file.sizeBytes);
}
