import type { ContentHash, PictureId } from '../domain/picture.ts';
import { groupWork } from '../uploads/group-work.ts';
import {
  type CommittedUpload,
  commitUploads,
  findUpload,
  type KnownUpload,
  removeUpload,
  type StagedUpload,
  type UploadParts,
} from '../uploads/upload-pictures.ts';
import type { Library } from './library.ts';

/** Uploads of an open library. */
export interface LibraryUploads {
  /** See findUpload. */
  find(contentHash: ContentHash): Promise<KnownUpload | null>;
  /** See commitUploads; the next search finds the picture. @throws EideticError CATALOG_BUSY */
  add(upload: StagedUpload): Promise<CommittedUpload>;
  /** See removeUpload. @throws EideticError NOT_FOUND, FORBIDDEN, CATALOG_BUSY */
  remove(id: PictureId): Promise<void>;
}

/** Uploads that share one lock, one transaction and its fsync. */
const UPLOADS_AT_ONCE = 32;

/** The end of an index run may remove many files: uploads wait for it so long. */
const PATIENCE_MS = 20_000;

export function libraryUploads(library: Library): LibraryUploads {
  const { lock, spaces, uploads, catalog } = library;
  const parts = (): UploadParts => ({
    files: catalog.files,
    pictures: catalog.pictures,
    folder: uploads,
    modelKeys: library.modelKeys,
  });

  async function write<Result>(work: () => Promise<Result>): Promise<Result> {
    library.state.requireOpen();
    const held = await lock.acquire('upload', PATIENCE_MS);
    try {
      return await work();
    } finally {
      await held.release();
    }
  }

  const commitGroup = groupWork(
    (group: readonly StagedUpload[]) =>
      write(async () => {
        await catalog.files.keepUploadsIn(uploads.root);
        const committed = await commitUploads(parts(), group);
        await spaces.catchUp();
        return committed;
      }),
    UPLOADS_AT_ONCE,
  );

  return {
    find: (contentHash) => findUpload(parts(), contentHash),
    add: commitGroup,
    remove: (id) => write(() => removeUpload(parts(), id)),
  };
}
