import type { PictureFilter } from '../domain/filter.ts';
import type { PictureId } from '../domain/picture.ts';
import type { CatalogPicture, PictureCatalog } from '../domain/picture-catalog.ts';
import { fromCursor, toCursor } from './cursor.ts';
import { inKnownForm } from './in-known-form.ts';

/** By when they came into the library: ids rise, and are never used again. */
export type PictureOrder = 'oldest' | 'newest';

/** Pictures in the order of their ids. */
export interface ListedPictures {
  readonly pictures: readonly CatalogPicture[];
  /** For the next page; null when this is the last. */
  readonly nextCursor: string | null;
}

export interface ListRequest {
  /** Which pictures; null for all that match the filter. */
  readonly among: readonly PictureId[] | null;
  readonly filter: PictureFilter;
  readonly order: PictureOrder;
  /** Most pictures of the page, 1 or more. */
  readonly limit: number;
  /** nextCursor of the page before, which had the same order; undefined for the first. */
  readonly cursor: string | undefined;
  /** See PictureCatalog.pictures. */
  readonly mostFiles: number;
}

/**
 * One page of pictures. What comes into the library between two pages moves none of the others.
 * @throws EideticError INVALID_INPUT for a cursor that is none, or of the other order
 */
export async function listPictures(
  catalog: PictureCatalog,
  { among, filter, order, limit, cursor, mostFiles }: ListRequest,
): Promise<ListedPictures> {
  const side = order === 'oldest' ? 'after' : 'before';
  const place = fromCursor(cursor, side);
  const known = await inKnownForm(catalog, filter);
  const ids =
    among !== null
      ? placed(among, side, place).slice(0, limit + 1)
      : side === 'after'
        ? await catalog.matching(known, limit + 1, place)
        : await catalog.newest(known, limit + 1, place);
  const page = ids.slice(0, limit);
  const last = page.at(-1);
  return {
    pictures: await catalog.pictures(page, {}, mostFiles),
    nextCursor: last !== undefined && ids.length > page.length ? toCursor(last, side) : null,
  };
}

function placed(ids: readonly PictureId[], side: 'after' | 'before', place: PictureId): PictureId[] {
  const ascending = [...new Set(ids)].sort((a, b) => a - b);
  return side === 'after'
    ? ascending.filter((id) => id > place)
    : ascending.reverse().filter((id) => id < place);
}
