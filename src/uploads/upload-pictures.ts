import { stat } from 'node:fs/promises';
import type { DescribedPicture } from '../domain/descriptor.ts';
import { EideticError } from '../domain/errors.ts';
import type { FileLedger, IndexedFile } from '../domain/file-ledger.ts';
import type { ContentHash, PictureFormat, PictureId } from '../domain/picture.ts';
import type { PictureCatalog } from '../domain/picture-catalog.ts';
import type { ManagedFolder } from './managed-folder.ts';

export interface UploadParts {
  readonly files: FileLedger;
  readonly pictures: PictureCatalog;
  readonly folder: ManagedFolder;
  /** The models that describe every picture. */
  readonly modelKeys: readonly string[];
}

/** What is known of uploaded bytes. */
export interface KnownUpload {
  readonly id: PictureId;
  readonly format: PictureFormat;
  /** Whether the library keeps an upload of it, and not only a file in somebody's folder. */
  readonly isKept: boolean;
}

/** Bytes on disk under a temporary name, and what they show. */
export interface StagedUpload {
  readonly contentHash: ContentHash;
  readonly format: PictureFormat;
  readonly staged: string;
  /** Null when the catalog has the picture already, with all its descriptors. */
  readonly described: DescribedPicture | null;
}

/** An upload that is part of the library. */
export interface CommittedUpload {
  readonly id: PictureId;
  /** Whether it brought its bytes: the library had no file of them before, neither upload nor in a folder. */
  readonly added: boolean;
}

/** What the library knows of bytes with this hash; null when it has no picture of them with all descriptors. */
export async function findUpload(parts: UploadParts, contentHash: ContentHash): Promise<KnownUpload | null> {
  const id = await describedId(parts, contentHash);
  const [picture] = id === null ? [] : await parts.pictures.pictures([id]);
  if (picture === undefined) {
    return null;
  }
  const path = parts.folder.pathOf(contentHash, picture.format);
  const isListed = picture.files.some((file) => file.path === path);
  const size = isListed ? await stat(path).catch(() => null) : null;
  return { id: picture.id, format: picture.format, isKept: size?.size === picture.sizeBytes };
}

/**
 * Makes uploads part of the library, all or none. When the promise resolves, they survive a power cut. To be called
 * with the library's lock `upload` held.
 * @returns their pictures, in the order of the uploads: of equal ones at once the first alone is new
 * @throws EideticError CATALOG_BUSY when a picture that was known has been removed meanwhile; what `commit` throws
 */
export async function commitUploads(
  parts: UploadParts,
  uploads: readonly StagedUpload[],
): Promise<readonly CommittedUpload[]> {
  await requireKnown(parts, uploads);
  const files: IndexedFile[] = [];
  const published: string[] = [];
  try {
    for (const { contentHash, format, staged, described } of uploads) {
      const path = parts.folder.pathOf(contentHash, format);
      // What was there before has the same bytes, and somebody may have been told that they are kept.
      if (!(await isThere(path))) {
        published.push(path); // before it is published, which may fail halfway
      }
      const stamp = await parts.folder.publish(staged, path);
      files.push({ stamp, contentHash, described });
    }
    const { pictures, isNew } = await parts.files.commit({ files, failures: [], removed: [] });
    return pictures.map((id, i) => ({ id, added: isNew[i] === true }));
  } catch (error) {
    await withdraw(parts, published);
    throw error;
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Those that were not described, because the catalog has them, must still be there. */
async function requireKnown(parts: UploadParts, uploads: readonly StagedUpload[]): Promise<void> {
  for (const { contentHash, described } of uploads) {
    if (described === null && (await describedId(parts, contentHash)) === null) {
      throw new EideticError(
        'CATALOG_BUSY',
        'The picture was removed while it was uploaded; upload it again.',
      );
    }
  }
}

/** The picture with these bytes when every model has described it. */
async function describedId(
  { files, modelKeys }: UploadParts,
  contentHash: ContentHash,
): Promise<PictureId | null> {
  const found = await files.findByHash(contentHash, modelKeys);
  return found?.describedBy.length === modelKeys.length ? found.id : null;
}

/** Removes published files that no catalog lists; one that cannot say what it lists keeps them. */
async function withdraw(
  { files, folder, modelKeys }: UploadParts,
  published: readonly string[],
): Promise<void> {
  for (const path of published) {
    const isUnlisted = await files.knownFile(path, modelKeys).then(
      (known) => known === null,
      () => false,
    );
    if (isUnlisted) {
      await folder.remove(path).catch(() => {}); // one that stays is taken into the library later
    }
  }
}

/**
 * Takes an upload out of the library and deletes its file. A picture that also lies in an indexed folder stays,
 * with the files there. To be called with the library's lock `upload` held.
 * @throws EideticError NOT_FOUND; FORBIDDEN when the picture is no upload: files elsewhere are never touched
 */
export async function removeUpload({ files, pictures, folder }: UploadParts, id: PictureId): Promise<void> {
  const [picture] = await pictures.pictures([id]);
  if (picture === undefined) {
    throw new EideticError('NOT_FOUND', `The library has no picture ${id}.`);
  }
  const kept = picture.files.map(({ path }) => path).filter((path) => folder.owns(path));
  if (kept.length === 0) {
    throw new EideticError(
      'FORBIDDEN',
      `Picture ${id} was indexed from a folder, and only uploads can be deleted; remove its file and index the folder again.`,
    );
  }
  // The catalog first: killed in between, a file is left that nobody lists, instead of an entry without a file. The note
  // tells it from one that a client believes to be kept.
  for (const path of kept) {
    await folder.noteRemoval(path).catch(() => {}); // on a full disk, removing must go on
  }
  try {
    await files.commit({ files: [], failures: [], removed: kept });
  } catch (error) {
    await Promise.all(kept.map((path) => folder.forgetRemoval(path).catch(() => {})));
    throw error;
  }
  await files.pruneOrphans();
  for (const path of kept) {
    await folder.remove(path);
    await folder.forgetRemoval(path);
  }
}

/**
 * Ends removals that a kill or the disk has cut short: their files go, if no picture lists them any more. To be called
 * with the library's lock `upload` held.
 */
export async function finishRemovals({
  files,
  folder,
}: Pick<UploadParts, 'files' | 'folder'>): Promise<void> {
  for (const path of await folder.notedRemovals()) {
    const known = await files.knownFile(path, []);
    if ((known?.indexed ?? null) === null) {
      await folder.remove(path);
    }
    await folder.forgetRemoval(path);
  }
}
