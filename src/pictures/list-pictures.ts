import type { CatalogPicture, PictureCatalog } from '../domain/picture-catalog.ts';
import { fromCursor, toCursor } from './cursor.ts';

/** Pictures in the order of their ids. */
export interface ListedPictures {
  readonly pictures: readonly CatalogPicture[];
  /** For the next page; null when this is the last. */
  readonly nextCursor: string | null;
}

/**
 * One page of all pictures, by ascending id.
 * @param limit 1 or more
 * @param cursor nextCursor of the page before; undefined for the first
 * @param mostFiles see PictureCatalog.pictures
 * @throws EideticError INVALID_INPUT for a cursor that is none
 */
export async function listPictures(
  catalog: PictureCatalog,
  limit: number,
  cursor: string | undefined,
  mostFiles: number,
): Promise<ListedPictures> {
  const ids = await catalog.matching({}, limit + 1, fromCursor(cursor));
  const page = ids.slice(0, limit);
  const last = page.at(-1);
  return {
    pictures: await catalog.pictures(page, {}, mostFiles),
    nextCursor: last !== undefined && ids.length > page.length ? toCursor(last) : null,
  };
}
