import type { Neighbor } from './vector-index.ts';

/** Sorts most similar first, ties by ascending id. */
export function compareNeighbors(a: Neighbor, b: Neighbor): number {
  return b.similarity - a.similarity || a.id - b.id;
}

/** Rounding may carry the similarity of two unit vectors a little beyond its range. */
export function clampSimilarity(similarity: number): number {
  return Math.min(1, Math.max(-1, similarity));
}
