import type { PartId, PictureId } from '../domain/picture.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import { sourceOf } from '../domain/space.ts';
import type { IndexEntry } from '../domain/vector-index.ts';
import { FIRST_K, type NearParts, nearParts, partsIn } from './near-parts.ts';
import type { PairSearch } from './pair-search.ts';

export interface WalkOptions {
  /** Least similarity of what is near, -1 to 1. */
  readonly least: number;
  /** Whether a picture takes part. Asked before its parts are compared, where it is known by then, and after. */
  readonly takesPart: (picture: PictureId) => boolean;
  /** Told how many parts have been asked about. */
  readonly onProgress: (done: number) => void;
  readonly signal: AbortSignal;
}

/** A part with some that are near, one or more, and the picture that it is of. */
export interface WalkedPart {
  readonly near: NearParts;
  readonly picture: CatalogPicture;
}

/**
 * Asks about every part of the space whose picture the search is about, and gives those that have others near them, all
 * their pictures read.
 */
export async function* walkParts(search: PairSearch, options: WalkOptions): AsyncGenerator<WalkedPart> {
  const { descriptors, space, pictures } = search;
  const { onProgress, signal } = options;
  let done = 0;
  for await (const { upserted } of descriptors.changes(sourceOf(space), null)) {
    const asked = await pictures.askedAmong(upserted.map(({ id }) => id));
    const found: NearParts[] = [];
    for (const entry of upserted) {
      signal.throwIfAborted();
      if (asked === null || asked.has(entry.id)) {
        found.push(...(await askAbout(search, options, entry, asked?.get(entry.id))));
      }
      onProgress(++done);
    }
    await pictures.readParts(found.flatMap(partsIn));
    for (const near of found) {
      signal.throwIfAborted();
      const picture = pictureAt(search, near.entry.id);
      if (picture !== undefined && options.takesPart(picture.id)) {
        yield { near, picture };
      }
    }
  }
}

/** The picture of a part that was read. */
export function pictureAt({ pictures }: PairSearch, part: PartId): CatalogPicture | undefined {
  const id = pictures.pictureOfPart(part);
  return id === undefined ? undefined : pictures.get(id);
}

/** Nothing when nothing is near, or nobody wants to know. @param known the picture that the part is of, when that is known */
async function askAbout(
  search: PairSearch,
  { least, takesPart }: WalkOptions,
  entry: IndexEntry,
  known: PictureId | undefined,
): Promise<NearParts[]> {
  const picture = known ?? search.pictures.pictureOfPart(entry.id);
  if (picture !== undefined && !takesPart(picture)) {
    return [];
  }
  const near = await nearParts(search.index, entry, least, FIRST_K);
  return near.neighbors.length === 0 ? [] : [near];
}
