import { join } from 'node:path';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import type { FileCache } from './file-cache.ts';

/** Small copies of pictures. A cache: its folder may be deleted at any time. */
export interface ThumbnailStore {
  /**
   * A picture's thumbnail as WebP, as it was kept, or null.
   * @param maxSide longest side, pixels
   */
  find(picture: CatalogPicture, maxSide: number): Promise<Uint8Array | null>;
  /** Draws a thumbnail, and keeps it after. @throws EideticError NOT_FOUND, IMAGE_UNREADABLE */
  draw(picture: CatalogPicture, maxSide: number): Promise<Uint8Array>;
}

/**
 * @param kept where they are kept
 * @param readOriginal see findOriginal
 * @param makeThumbnail draws bytes as WebP
 */
export function thumbnailStore(
  kept: FileCache,
  readOriginal: (picture: CatalogPicture) => Promise<Uint8Array>,
  makeThumbnail: (bytes: Uint8Array, maxSide: number) => Promise<Uint8Array>,
): ThumbnailStore {
  return {
    find: (picture, maxSide) => kept.read(nameOf(picture, maxSide)),
    async draw(picture, maxSide) {
      const thumbnail = await makeThumbnail(await readOriginal(picture), maxSide);
      void kept.write(nameOf(picture, maxSide), thumbnail); // which never fails, and may take long
      return thumbnail;
    },
  };
}

function nameOf({ contentHash }: CatalogPicture, maxSide: number): string {
  return join(contentHash.slice(0, 2), `${contentHash}-${maxSide}.webp`);
}
