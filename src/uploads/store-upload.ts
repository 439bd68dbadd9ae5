import type { DescribedPicture } from '../domain/descriptor.ts';
import type { ContentHash, PictureId } from '../domain/picture.ts';
import type { ManagedFolder } from './managed-folder.ts';
import type { KnownUpload, StagedUpload } from './upload-pictures.ts';

export interface StoreParts {
  readonly folder: ManagedFolder;
  /** See findUpload. */
  readonly find: (contentHash: ContentHash) => Promise<KnownUpload | null>;
  /** Describes a picture in its turn; takes the bytes away. */
  readonly describe: (bytes: Uint8Array) => Promise<DescribedPicture>;
  /** Commits it; see commitUploads. */
  readonly add: (upload: StagedUpload) => Promise<PictureId>;
}

/**
 * Keeps an uploaded picture in the library. When the promise resolves it survives a power cut.
 * @returns the picture's id, and whether anything was written
 * @throws EideticError IMAGE_*, OVERLOADED, CATALOG_BUSY, STORAGE_FULL: nothing is kept then
 */
export async function storeUpload(
  { folder, find, describe, add }: StoreParts,
  { bytes, contentHash }: { readonly bytes: Uint8Array; readonly contentHash: ContentHash },
): Promise<{ id: PictureId; added: boolean }> {
  const known = await find(contentHash);
  if (known?.isKept) {
    return { id: known.id, added: false };
  }
  // On disk before it is described, which takes the bytes away to another thread.
  const staged = await folder.stage(bytes);
  try {
    const described = known === null ? await describe(bytes) : null;
    const format = described?.facts.format ?? known?.format;
    if (format === undefined) {
      throw new Error('a picture is either known or described');
    }
    const id = await add({ contentHash, format, staged, described });
    return { id, added: true };
  } finally {
    await folder.remove(staged);
  }
}
