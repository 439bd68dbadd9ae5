import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CatalogPicture } from '../domain/picture-catalog.ts';

/** Small copies of pictures. A cache: its folder may be deleted at any time. */
export interface ThumbnailStore {
  /**
   * A picture's thumbnail as WebP, as it was kept, or null.
   * @param maxSide longest side, pixels
   */
  find(picture: CatalogPicture, maxSide: number): Promise<Uint8Array | null>;
  /** Draws a thumbnail and keeps it. @throws EideticError NOT_FOUND, IMAGE_UNREADABLE */
  draw(picture: CatalogPicture, maxSide: number): Promise<Uint8Array>;
}

/**
 * @param folder absolute; made when something is kept
 * @param readOriginal see findOriginal
 * @param makeThumbnail draws bytes as WebP
 */
export function thumbnailStore(
  folder: string,
  readOriginal: (picture: CatalogPicture) => Promise<Uint8Array>,
  makeThumbnail: (bytes: Uint8Array, maxSide: number) => Promise<Uint8Array>,
): ThumbnailStore {
  const fileOf = ({ contentHash }: CatalogPicture, maxSide: number) =>
    join(folder, contentHash.slice(0, 2), `${contentHash}-${maxSide}.webp`);
  return {
    find: (picture, maxSide) => readFile(fileOf(picture, maxSide)).catch(() => null),
    async draw(picture, maxSide) {
      const thumbnail = await makeThumbnail(await readOriginal(picture), maxSide);
      await keep(fileOf(picture, maxSide), thumbnail);
      return thumbnail;
    },
  };
}

/** No reader ever sees half a file. That a cache cannot be written is no reason to fail. */
async function keep(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${file}.${randomUUID()}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(temporary, bytes);
    await rename(temporary, file);
  } catch {
    await rm(temporary, { force: true }).catch(() => {});
  }
}
