import { isAtLeast } from '../domain/least-similarity.ts';
import type { PictureId } from '../domain/picture.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import { type AskedPairs, askedPairs } from './asked-pairs.ts';
import { moreNearParts, type NearParts, partsIn } from './near-parts.ts';
import type { PairSearch } from './pair-search.ts';
import { pictureAt, walkParts } from './walk-parts.ts';

/**
 * Pictures of equal pixels are at least so similar. They would be wholly so, were they all decoded alike; but a JPEG is
 * decoded smaller, as decoders do for speed, and everything else whole. The bundled model at 192 pixels, a JPEG beside
 * the same pixels in a format without loss: 0.998 in `copy` and in `cls` at worst of 160 photos of 12 megapixels, 0.957
 * and 0.945 for a page of small print (3,000 pixels wide), 0.899 and 0.846 for one of random letters. What is nothing but
 * a fine pattern may be below, and is not found then; of 1,205 small photos, 3 % have ten others so near.
 */
const LEAST_OF_EQUAL_PIXELS = 0.85;

/**
 * Those of one format, which is decoded in one way, are nearer: they were turned, or packed, otherwise. Lower, many would
 * be looked at in vain: of 1,205 small photos, 2 have another of their size so near in `copy`, 8 at 0.95 and 93 at 0.9.
 */
const LEAST_OF_ONE_FORMAT = 0.98;

/** Above so many near pictures that cannot be equal, looking at the pixels costs less than looking on for one that can. */
const MOST_OTHERS = 500;

/**
 * The pictures whose pixels must be looked at to know what is equal: those with another of their size that looks the
 * same, and that is not known to be equal anyway. For each, `k` grows until one is found or the last neighbor is too
 * far away; where very many are near, it is taken for one without.
 * @param onProgress told how many parts have been asked about
 * @returns representatives of their classes, in no promised order
 */
export async function findCandidates(
  search: PairSearch,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<PictureId[]> {
  const candidates = new Set<PictureId>();
  const asked = askedPairs(search);
  const walk = walkParts(search, {
    least: LEAST_OF_EQUAL_PIXELS,
    takesPart: (id) => search.classes.isRepresentative(id) && !candidates.has(id),
    onProgress,
    signal,
  });
  for await (const { near, picture } of walk) {
    for (const candidate of await candidatesAt(search, asked, near, picture)) {
      candidates.add(candidate);
    }
  }
  return [...candidates];
}

/** A picture and one that may be equal; the picture alone when too many are near to know; none when no one may be. */
async function candidatesAt(
  search: PairSearch,
  asked: AskedPairs,
  first: NearParts,
  picture: CatalogPicture,
): Promise<PictureId[]> {
  for (let near = first; ; ) {
    const others = othersIn(search, near, picture);
    for (const other of others) {
      const partner = mayBeEqual(picture, other) && search.classes.representativeOf(other.other.id);
      if (partner !== false && asked.isAnswer(picture.id, partner)) {
        return [picture.id, partner];
      }
    }
    if (!near.isCut) {
      return [];
    }
    const notAskedAbout = near.neighbors.filter(({ id }) => pictureAt(search, id) === undefined);
    if (others.length + notAskedAbout.length >= MOST_OTHERS) {
      return [picture.id];
    }
    near = await moreNearParts(search.index, near, LEAST_OF_EQUAL_PIXELS);
    await search.pictures.readParts(partsIn(near));
  }
}

interface NearPicture {
  readonly other: CatalogPicture;
  readonly similarity: number;
}

function mayBeEqual(picture: CatalogPicture, { other, similarity }: NearPicture): boolean {
  return (
    other.width === picture.width &&
    other.height === picture.height &&
    (other.format !== picture.format || isAtLeast(similarity, LEAST_OF_ONE_FORMAT))
  );
}

/** The near pictures that are not known to be equal. */
function othersIn(search: PairSearch, { neighbors }: NearParts, { id }: CatalogPicture): NearPicture[] {
  const { classes } = search;
  const representative = classes.representativeOf(id);
  return neighbors.flatMap(({ id: part, similarity }) => {
    const other = pictureAt(search, part);
    const isKnownEqual = other === undefined || classes.representativeOf(other.id) === representative;
    return isKnownEqual ? [] : [{ other, similarity }];
  });
}
