import { stat } from 'node:fs/promises';
import type { Catalog, IndexedFile } from '../domain/catalog.ts';
import type { DescribedPicture } from '../domain/descriptor.ts';
import { EideticError } from '../domain/errors.ts';
import type { ContentHash, PictureFormat, PictureId } from '../domain/picture.ts';
import type { ManagedFolder } from './managed-folder.ts';

export interface UploadParts {
  readonly catalog: Catalog;
  readonly folder: ManagedFolder;
  readonly modelKey: string;
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
  /** Null when the catalog has the picture already. */
  readonly described: DescribedPicture | null;
}

/** What the library knows of bytes with this hash; null when it has no picture of them with a descriptor. */
export async function findUpload(parts: UploadParts, contentHash: ContentHash): Promise<KnownUpload | null> {
  const found = await parts.catalog.findByHash(contentHash, parts.modelKey);
  const [picture] = found?.described ? await parts.catalog.pictures([found.id]) : [];
  if (picture === undefined) {
    return null;
  }
  const path = parts.folder.pathOf(contentHash, picture.format);
  const isListed = picture.files.includes(path);
  const size = isListed ? await stat(path).catch(() => null) : null;
  return { id: picture.id, format: picture.format, isKept: size?.size === picture.sizeBytes };
}

/**
 * Makes uploads part of the library, all or none. When the promise resolves, they survive a power cut. To be called
 * with the library's writer lock held.
 * @returns the pictures' ids, in the order of the uploads
 * @throws EideticError CATALOG_BUSY when a picture that was known has been removed meanwhile; what `commit` throws
 */
export async function commitUploads(
  parts: UploadParts,
  uploads: readonly StagedUpload[],
): Promise<PictureId[]> {
  const { catalog, modelKey } = parts;
  await requireKnown(parts, uploads);
  const files: IndexedFile[] = [];
  try {
    for (const { contentHash, format, staged, described } of uploads) {
      const stamp = await parts.folder.publish(staged, parts.folder.pathOf(contentHash, format));
      files.push({ ...stamp, contentHash, described });
    }
    await catalog.commit({ modelKey, files, failures: [], removed: [] });
  } catch (error) {
    await withdraw(parts, files);
    throw error;
  }
  return Promise.all(
    uploads.map(async ({ contentHash }) => (await catalog.findByHash(contentHash, modelKey))?.id ?? 0),
  );
}

/** Those that were not described, because the catalog has them, must still be there. */
async function requireKnown(
  { catalog, modelKey }: UploadParts,
  uploads: readonly StagedUpload[],
): Promise<void> {
  for (const { contentHash, described } of uploads) {
    if (described === null && !(await catalog.findByHash(contentHash, modelKey))?.described) {
      throw new EideticError(
        'CATALOG_BUSY',
        'The picture was removed while it was uploaded; upload it again.',
      );
    }
  }
}

/** Removes published files that no catalog lists; one that cannot say what it lists keeps them. */
async function withdraw(
  { catalog, folder, modelKey }: UploadParts,
  files: readonly IndexedFile[],
): Promise<void> {
  for (const { path } of files) {
    const isUnlisted = await catalog.knownFile(path, modelKey).then(
      (known) => known === null,
      () => false,
    );
    if (isUnlisted) {
      await folder.remove(path);
    }
  }
}

/**
 * Takes an upload out of the library and deletes its file. A picture that also lies in an indexed folder stays,
 * with the files there. To be called with the library's writer lock held.
 * @throws EideticError NOT_FOUND; FORBIDDEN when the picture is no upload: files elsewhere are never touched
 */
export async function removeUpload({ catalog, folder, modelKey }: UploadParts, id: PictureId): Promise<void> {
  const [picture] = await catalog.pictures([id]);
  if (picture === undefined) {
    throw new EideticError('NOT_FOUND', `The library has no picture ${id}.`);
  }
  const kept = picture.files.filter((path) => folder.owns(path));
  if (kept.length === 0) {
    throw new EideticError(
      'FORBIDDEN',
      `Picture ${id} was indexed from a folder, and only uploads can be deleted; remove its file and index the folder again.`,
    );
  }
  // The catalog first: killed in between, a file is left that nobody lists, instead of an entry without a file.
  await catalog.commit({ modelKey, files: [], failures: [], removed: kept });
  await catalog.pruneOrphans();
  for (const path of kept) {
    await folder.remove(path);
  }
}
