import type { PartId, PictureId } from '../domain/picture.ts';
import type { CatalogPicture, PictureCatalog } from '../domain/picture-catalog.ts';

/** Pictures looked up at a time. */
const CHUNK = 500;

/** The pictures that a report names, each read from the catalog once. Those without files are not there. */
export interface PictureLookup {
  /** Reads the pictures of parts that were not asked about before. */
  readParts(parts: readonly PartId[]): Promise<void>;
  /** Reads the pictures that were not read before. */
  read(ids: readonly PictureId[]): Promise<void>;
  /** The picture of a part that was read. */
  pictureOfPart(part: PartId): PictureId | undefined;
  /** A picture that was read. */
  get(id: PictureId): CatalogPicture | undefined;
}

export function createPictureLookup(catalog: PictureCatalog): PictureLookup {
  const pictures = new Map<PictureId, CatalogPicture>();
  /** Null for the part of a picture that is not there. */
  const pictureOf = new Map<PartId, PictureId | null>();
  return {
    async readParts(parts) {
      const unknown = [...new Set(parts)].filter((part) => !pictureOf.has(part));
      for (let i = 0; i < unknown.length; i += CHUNK) {
        const chunk = unknown.slice(i, i + CHUNK);
        for (const part of chunk) pictureOf.set(part, null);
        for (const { part, picture } of await catalog.picturesOfParts(chunk)) {
          pictureOf.set(part, picture.id);
          pictures.set(picture.id, picture);
        }
      }
    },
    async read(ids) {
      const unknown = [...new Set(ids)].filter((id) => !pictures.has(id));
      for (let i = 0; i < unknown.length; i += CHUNK) {
        for (const picture of await catalog.pictures(unknown.slice(i, i + CHUNK))) {
          pictures.set(picture.id, picture);
        }
      }
    },
    pictureOfPart: (part) => pictureOf.get(part) ?? undefined,
    get: (id) => pictures.get(id),
  };
}
