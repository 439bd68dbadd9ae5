/** Something with a similarity and an id that breaks ties: a neighbor (a part), or a picture. */
export interface Ranked {
  readonly id: number;
  /** Cosine similarity, -1 to 1. */
  readonly similarity: number;
}

/** Sorts most similar first, ties by ascending id. */
export function compareNeighbors(a: Ranked, b: Ranked): number {
  return b.similarity - a.similarity || a.id - b.id;
}

/** Rounding may carry the similarity of two unit vectors a little beyond its range. */
export function clampSimilarity(similarity: number): number {
  return Math.min(1, Math.max(-1, similarity));
}
