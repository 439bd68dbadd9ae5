import type { PartId, PictureId } from '../domain/picture.ts';
import type { CatalogPicture, PictureCatalog } from '../domain/picture-catalog.ts';
import type { AskedFiles } from './asked-files.ts';

/** Pictures looked up at a time. */
const CHUNK = 500;

/**
 * The pictures that a report names, each read from the catalog once, with the files that it is about. Those without such
 * files are not there.
 */
export interface PictureLookup {
  /** Reads the pictures of parts that were not asked about before. */
  readParts(parts: readonly PartId[]): Promise<void>;
  /** Reads the pictures that were not read before. */
  read(ids: readonly PictureId[]): Promise<void>;
  /** The pictures of those parts that the report is about, by part, without reading them; null when it is about all. */
  askedAmong(parts: readonly PartId[]): Promise<ReadonlyMap<PartId, PictureId> | null>;
  /** The picture of a part that was read. */
  pictureOfPart(part: PartId): PictureId | undefined;
  /** A picture that was read. */
  get(id: PictureId): CatalogPicture | undefined;
}

export function createPictureLookup(catalog: PictureCatalog, asked: AskedFiles): PictureLookup {
  const pictures = new Map<PictureId, CatalogPicture>();
  const { filter } = asked;
  const keep = (picture: CatalogPicture) => {
    const trimmed = asked.trim(picture);
    if (trimmed !== null) {
      pictures.set(picture.id, trimmed);
    }
    return trimmed !== null;
  };
  /** Null for the part of a picture that is not there. */
  const pictureOf = new Map<PartId, PictureId | null>();
  return {
    async readParts(parts) {
      const unknown = [...new Set(parts)].filter((part) => !pictureOf.has(part));
      for (let i = 0; i < unknown.length; i += CHUNK) {
        const chunk = unknown.slice(i, i + CHUNK);
        for (const part of chunk) pictureOf.set(part, null);
        for (const { part, picture } of await catalog.picturesOfParts(chunk, filter)) {
          if (keep(picture)) {
            pictureOf.set(part, picture.id);
          }
        }
      }
    },
    async read(ids) {
      const unknown = [...new Set(ids)].filter((id) => !pictures.has(id));
      for (let i = 0; i < unknown.length; i += CHUNK) {
        for (const picture of await catalog.pictures(unknown.slice(i, i + CHUNK), filter)) {
          keep(picture);
        }
      }
    },
    async askedAmong(parts) {
      if (asked.areAll) {
        return null;
      }
      const found = await catalog.pictureIdsOfParts(parts, filter);
      return new Map(found.map(({ part, picture }) => [part, picture]));
    },
    pictureOfPart: (part) => pictureOf.get(part) ?? undefined,
    get: (id) => pictures.get(id),
  };
}
