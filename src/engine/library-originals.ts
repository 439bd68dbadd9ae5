import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import { fileCache } from '../pictures/file-cache.ts';
import { findOriginal } from '../pictures/find-original.ts';
import { type ThumbnailStore, thumbnailStore } from '../pictures/thumbnail-store.ts';
import type { Library } from './library.ts';

/** See findOriginal. */
export function originalOf({ catalog, uploads }: Library, picture: CatalogPicture): Promise<string> {
  return findOriginal({ files: catalog.files, uploads }, picture);
}

/**
 * The thumbnails of a library, in its folder `thumbnails`.
 * @param maxBytes most that they take on disk
 */
export function libraryThumbnails(library: Library, maxBytes: number): ThumbnailStore {
  return thumbnailStore(
    fileCache(join(library.config.library, 'thumbnails'), maxBytes),
    async (picture) => readFile(await originalOf(library, picture)),
    (bytes, maxSide) => library.decoders.thumbnail(bytes, maxSide),
  );
}
