import type { PictureId } from '../domain/picture.ts';
import type { PicturePair } from './group-pictures.ts';
import { moreNearParts, type NearParts, partsIn } from './near-parts.ts';
import { requireFewPairs } from './pair-limits.ts';
import type { PairSearch } from './pair-search.ts';
import { walkParts } from './walk-parts.ts';

/**
 * Every pair of pictures at or above a similarity, of each class of equal ones its representative alone: for each
 * part, `k` grows until the last neighbor is below it. A pair counts when any part of either picture finds one of the
 * other; the most similar two parts tell how similar the pictures are.
 * @param minSimilarity -1 to 1
 * @param onProgress told how many parts have been asked about
 * @returns each pair once, in no promised order
 * @throws EideticError INVALID_INPUT when they are more than the search's limits allow
 */
export async function findSimilarPairs(
  search: PairSearch,
  minSimilarity: number,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<PicturePair[]> {
  const pairs = new Map<string, PicturePair>();
  const walk = walkParts(search, {
    least: minSimilarity,
    takesPart: ({ id }) => search.classes.isRepresentative(id),
    onProgress,
    signal,
  });
  for await (const { near, picture } of walk) {
    addPairs(pairs, picture.id, await allNearParts(search, near, minSimilarity, signal), search);
    requireFewPairs(pairs.size, search.limits.pairs, minSimilarity);
  }
  return [...pairs.values()];
}

async function allNearParts(
  { index, pictures, classes, limits }: PairSearch,
  first: NearParts,
  minSimilarity: number,
  signal: AbortSignal,
): Promise<NearParts> {
  let near = first;
  while (near.isCut) {
    signal.throwIfAborted();
    if (near.k > limits.ofOnePicture) {
      await pictures.readParts(partsIn(near));
      const others = new Set(near.neighbors.map(({ id }) => pictures.pictureOfPart(id)));
      const related = [...others].filter((id) => id !== undefined && classes.isRepresentative(id));
      requireFewPairs(related.length, limits.ofOnePicture, minSimilarity);
    }
    near = await moreNearParts(index, near, minSimilarity);
  }
  await pictures.readParts(partsIn(near));
  return near;
}

/** Adds pairs of pictures, or raises their similarity. Parts of one picture, or of one that is gone, make none. */
function addPairs(
  pairs: Map<string, PicturePair>,
  one: PictureId,
  { neighbors }: NearParts,
  { pictures, classes }: PairSearch,
): void {
  for (const { id, similarity } of neighbors) {
    const other = pictures.pictureOfPart(id);
    if (other !== undefined && one !== other && classes.isRepresentative(other)) {
      const [a, b] = one < other ? [one, other] : [other, one];
      const known = pairs.get(`${a} ${b}`);
      if (known === undefined || known.similarity < similarity) {
        pairs.set(`${a} ${b}`, { a, b, similarity });
      }
    }
  }
}
