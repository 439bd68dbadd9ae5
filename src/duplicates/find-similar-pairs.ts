import type { PictureId } from '../domain/picture.ts';
import { askedPairs } from './asked-pairs.ts';
import type { FoundPairs } from './found-pairs.ts';
import type { PicturePair } from './group-pictures.ts';
import { moreNearParts, type NearParts, partsIn } from './near-parts.ts';
import { requireFewPairs } from './pair-limits.ts';
import type { PairSearch } from './pair-search.ts';
import { RelatedPictures } from './related-pictures.ts';
import { walkParts } from './walk-parts.ts';

/**
 * Every pair of pictures at or above a similarity, of each class of equal ones its representative alone: for each
 * part, `k` grows until the last neighbor is below it. A pair counts when any part of either picture finds one of the
 * other; the most similar two parts tell how similar the pictures are.
 * @param minSimilarity -1 to 1
 * @param onProgress told how many parts have been asked about
 * @returns those that answer the search's question, and those that close their groups
 * @throws EideticError INVALID_INPUT when they are more than the search's limits allow
 */
export async function findSimilarPairs(
  search: PairSearch,
  minSimilarity: number,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<FoundPairs> {
  const { asked, classes, limits } = search;
  const { isAnswer } = askedPairs(search);

  async function find(
    takesPart: (id: PictureId) => boolean,
    isWanted: (a: PictureId, b: PictureId) => boolean,
    most: number,
    tell: (done: number) => void,
  ): Promise<PicturePair[]> {
    const pairs = new Map<string, PicturePair>();
    const walk = walkParts(search, { least: minSimilarity, takesPart, onProgress: tell, signal });
    for await (const { near, picture } of walk) {
      const all = await allNearParts(search, near, minSimilarity, signal);
      addPairs(pairs, picture.id, all, search, isWanted);
      requireFewPairs(pairs.size, most, minSimilarity);
    }
    return [...pairs.values()];
  }

  const pairs = await find((id) => classes.isRepresentative(id), isAnswer, limits.pairs, onProgress);
  if (asked.takesAnyPair) {
    return { pairs, closing: [] };
  }
  const related = new RelatedPictures(pairs);
  const closes = (a: PictureId, b: PictureId) => !isAnswer(a, b) && related.shareOne(a, b);
  const most = limits.pairs - pairs.length;
  return {
    pairs,
    closing: await find(
      (id) => related.has(id),
      closes,
      most,
      () => {},
    ),
  };
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

/** Adds pairs of pictures that are wanted, or raises their similarity. Parts of one picture, or of one that is gone, make none. */
function addPairs(
  pairs: Map<string, PicturePair>,
  one: PictureId,
  { neighbors }: NearParts,
  { pictures, classes }: PairSearch,
  isWanted: (a: PictureId, b: PictureId) => boolean,
): void {
  for (const { id, similarity } of neighbors) {
    const other = pictures.pictureOfPart(id);
    const isPair = other !== undefined && one !== other && classes.isRepresentative(other);
    if (isPair && isWanted(one, other)) {
      const [a, b] = one < other ? [one, other] : [other, one];
      const known = pairs.get(`${a} ${b}`);
      if (known === undefined || known.similarity < similarity) {
        pairs.set(`${a} ${b}`, { a, b, similarity });
      }
    }
  }
}
