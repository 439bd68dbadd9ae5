import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import { makeThumbnail } from '../imaging/thumbnail.ts';
import { findOriginal } from '../pictures/find-original.ts';
import { type ThumbnailStore, thumbnailStore } from '../pictures/thumbnail-store.ts';
import type { Library } from './library.ts';

/** See findOriginal. */
export function originalOf({ catalog, uploads }: Library, picture: CatalogPicture): Promise<string> {
  return findOriginal({ files: catalog.files, uploads }, picture);
}

/** The thumbnails of a library, in its folder `thumbnails`. */
export function libraryThumbnails(library: Library): ThumbnailStore {
  const { library: folder, limits } = library.config;
  return thumbnailStore(
    join(folder, 'thumbnails'),
    async (picture) => readFile(await originalOf(library, picture)),
    (bytes, maxSide) => makeThumbnail(bytes, maxSide, limits),
  );
}
