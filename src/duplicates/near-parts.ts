import { isAtLeast } from '../domain/least-similarity.ts';
import type { IndexEntry, Neighbor, VectorIndex } from '../domain/vector-index.ts';

/** Neighbors asked for at first; most parts have fewer relatives. */
export const FIRST_K = 10;

/** A part that was asked about, and the others at or above a similarity. */
export interface NearParts {
  readonly entry: IndexEntry;
  /** Most similar first, without the part itself. */
  readonly neighbors: readonly Neighbor[];
  /** How many were asked for. */
  readonly k: number;
  /** Whether there may be more of them. */
  readonly isCut: boolean;
}

/**
 * The parts among the `k` nearest that are at least so similar.
 * @param least cosine similarity, -1 to 1
 */
export async function nearParts(
  index: VectorIndex,
  entry: IndexEntry,
  least: number,
  k: number,
): Promise<NearParts> {
  const nearest = await index.nearest(entry.embedding, k);
  const last = nearest.at(-1);
  return {
    entry,
    neighbors: nearest.filter(({ id, similarity }) => isAtLeast(similarity, least) && id !== entry.id),
    k,
    isCut: nearest.length === k && last !== undefined && isAtLeast(last.similarity, least),
  };
}

/** The same with four times as many. */
export function moreNearParts(
  index: VectorIndex,
  { entry, k }: NearParts,
  least: number,
): Promise<NearParts> {
  return nearParts(index, entry, least, k * 4);
}

/** Every part that is named. */
export function partsIn({ entry, neighbors }: NearParts): number[] {
  return [entry.id, ...neighbors.map(({ id }) => id)];
}
