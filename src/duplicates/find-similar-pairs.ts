import type { DescriptorStore } from '../domain/descriptor-store.ts';
import { type Space, sourceOf } from '../domain/space.ts';
import type { IndexEntry, Neighbor, VectorIndex } from '../domain/vector-index.ts';
import type { PicturePair } from './group-pictures.ts';
import type { PictureLookup } from './picture-lookup.ts';

/** Neighbors asked for at first; most parts have fewer relatives. */
const FIRST_K = 10;

export interface PairSearch {
  readonly descriptors: DescriptorStore;
  readonly index: VectorIndex;
  /** The one that the index is of. */
  readonly space: Space;
  /** Will have read every picture of a pair. */
  readonly pictures: PictureLookup;
}

/** A part that was asked about, and the others at or above the similarity. */
interface Relatives {
  readonly entry: IndexEntry;
  readonly neighbors: readonly Neighbor[];
}

/**
 * Every pair of pictures at or above a similarity: for each part, `k` grows until the last neighbor is below it. A
 * pair counts when any part of either picture finds one of the other; the most similar two parts tell how similar
 * the pictures are.
 * @param minSimilarity -1 to 1
 * @param onProgress told how many parts have been asked about
 * @returns each pair once, by `a`, then `b`
 */
export async function findSimilarPairs(
  { descriptors, index, space, pictures }: PairSearch,
  minSimilarity: number,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<PicturePair[]> {
  const pairs = new Map<string, PicturePair>();
  let done = 0;
  for await (const { upserted } of descriptors.changes(sourceOf(space), null)) {
    const found: Relatives[] = [];
    for (const entry of upserted) {
      signal.throwIfAborted();
      const neighbors = await neighborsAbove(index, entry, minSimilarity);
      if (neighbors.length > 0) {
        found.push({ entry, neighbors });
      }
      onProgress(++done);
    }
    await pictures.readParts(
      found.flatMap(({ entry, neighbors }) => [entry.id, ...neighbors.map(({ id }) => id)]),
    );
    for (const relatives of found) {
      addPairs(pairs, relatives, pictures);
    }
  }
  return [...pairs.values()].sort((x, y) => x.a - y.a || x.b - y.b);
}

/** Adds pairs of pictures, or raises their similarity. Parts of one picture, or of one that is gone, make none. */
function addPairs(
  pairs: Map<string, PicturePair>,
  { entry, neighbors }: Relatives,
  pictures: PictureLookup,
): void {
  const one = pictures.pictureOfPart(entry.id);
  for (const { id, similarity } of neighbors) {
    const other = pictures.pictureOfPart(id);
    if (one !== undefined && other !== undefined && one !== other) {
      const [a, b] = one < other ? [one, other] : [other, one];
      const known = pairs.get(`${a} ${b}`);
      if (known === undefined || known.similarity < similarity) {
        pairs.set(`${a} ${b}`, { a, b, similarity });
      }
    }
  }
}

/** All but the entry itself. */
async function neighborsAbove(
  index: VectorIndex,
  { id, embedding }: IndexEntry,
  minSimilarity: number,
): Promise<Neighbor[]> {
  const size = await index.size();
  for (let k = FIRST_K; ; k *= 4) {
    const neighbors = await index.nearest(embedding, Math.min(k, Math.max(size, 1)));
    const last = neighbors.at(-1);
    if (k >= size || last === undefined || last.similarity < minSimilarity) {
      return neighbors.filter((neighbor) => neighbor.similarity >= minSimilarity && neighbor.id !== id);
    }
  }
}
