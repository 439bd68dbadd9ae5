import type { Catalog } from '../domain/catalog.ts';
import type { Neighbor, VectorIndex } from '../domain/vector-index.ts';
import type { PicturePair } from './group-pictures.ts';

/** Neighbors asked for at first; most pictures have fewer relatives. */
const FIRST_K = 10;

export interface PairSearch {
  readonly catalog: Catalog;
  readonly index: VectorIndex;
  readonly modelKey: string;
}

/**
 * Every pair of pictures at or above a similarity: for each picture, `k` grows until the last neighbor is below
 * it. A pair counts when either picture finds the other.
 * @param minSimilarity -1 to 1
 * @param onProgress told how many pictures have been asked about
 * @returns each pair once, by `a`, then `b`
 */
export async function findSimilarPairs(
  { catalog, index, modelKey }: PairSearch,
  minSimilarity: number,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<PicturePair[]> {
  const pairs = new Map<string, PicturePair>();
  let done = 0;
  for await (const { id, embedding } of catalog.embeddingsSince(modelKey, -1)) {
    signal.throwIfAborted();
    for (const neighbor of await neighborsAbove(index, embedding, minSimilarity)) {
      if (neighbor.id !== id) {
        const [a, b] = id < neighbor.id ? [id, neighbor.id] : [neighbor.id, id];
        pairs.set(`${a} ${b}`, { a, b, similarity: neighbor.similarity });
      }
    }
    onProgress(++done);
  }
  return [...pairs.values()].sort((x, y) => x.a - y.a || x.b - y.b);
}

async function neighborsAbove(
  index: VectorIndex,
  embedding: Parameters<VectorIndex['nearest']>[0],
  minSimilarity: number,
): Promise<Neighbor[]> {
  const size = await index.size();
  for (let k = FIRST_K; ; k *= 4) {
    const neighbors = await index.nearest(embedding, Math.min(k, size));
    const last = neighbors.at(-1);
    if (k >= size || last === undefined || last.similarity < minSimilarity) {
      return neighbors.filter((neighbor) => neighbor.similarity >= minSimilarity);
    }
  }
}
