import type { DescribedPicture } from '../domain/descriptor.ts';
import type { ContentHash } from '../domain/picture.ts';
import type { ManagedFolder } from './managed-folder.ts';
import type { CommittedUpload, KnownUpload, StagedUpload } from './upload-pictures.ts';

export interface StoreParts {
  readonly folder: ManagedFolder;
  /** See findUpload. */
  readonly find: (contentHash: ContentHash) => Promise<KnownUpload | null>;
  /** Describes a picture in its turn; takes the bytes away. */
  readonly describe: (bytes: Uint8Array) => Promise<DescribedPicture>;
  /** Commits it; see commitUploads. */
  readonly add: (upload: StagedUpload) => Promise<CommittedUpload>;
}

/**
 * Keeps an uploaded picture in the library. When the promise resolves it survives a power cut.
 * @returns the picture's id, and whether this upload brought its bytes
 * @throws EideticError IMAGE_*, OVERLOADED, CATALOG_BUSY, STORAGE_FULL: nothing is kept then
 */
export async function storeUpload(
  { folder, find, describe, add }: StoreParts,
  { bytes, contentHash }: { readonly bytes: Uint8Array; readonly contentHash: ContentHash },
): Promise<CommittedUpload> {
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
    return await add({ contentHash, format, staged, described });
  } finally {
    await folder.remove(staged);
  }
}
