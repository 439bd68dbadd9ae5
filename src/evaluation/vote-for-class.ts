import type { NearPicture } from './rank-copy.ts';

/** How many neighbors vote, as DINO's eval_knn.py tries it; 20 did best there. */
export const NEIGHBORS = [10, 20, 100, 200] as const;

/** Divides similarities before they become weights. */
export const TEMPERATURE = 0.07;

/** Classes among which the right one counts as found for top-5. */
const FIRST = 5;

/** Whether the neighbors of a picture told its class. */
export interface ClassVote {
  /** Whether it had the most votes. */
  readonly isFirst: boolean;
  /** Whether it was among the five with the most. */
  readonly isAmongFive: boolean;
}

/**
 * Weighted nearest neighbors: each votes for its class with exp(similarity / {@link TEMPERATURE}) (Z. Wu et al.,
 * Unsupervised Feature Learning via Non-Parametric Instance Discrimination, CVPR 2018, 3.4; M. Caron et al., Emerging
 * Properties in Self-Supervised Vision Transformers, 2021, appendix F.1, and knn_classifier of its eval_knn.py). Of classes
 * with as many votes the right one comes last; one that no neighbor votes for is not found.
 * @param neighbors the nearest ones, nearest first
 * @param k how many of them vote
 * @param classOf the class of what is at a position
 */
export function voteForClass(
  neighbors: readonly NearPicture[],
  k: number,
  classOf: (at: number) => string,
  right: string,
): ClassVote {
  const votes = new Map<string, number>();
  for (const { at, similarity } of neighbors.slice(0, k)) {
    const name = classOf(at);
    votes.set(name, (votes.get(name) ?? 0) + Math.exp(similarity / TEMPERATURE));
  }
  const ofRight = votes.get(right) ?? Number.NEGATIVE_INFINITY;
  const before = [...votes].filter(([name, vote]) => name !== right && vote >= ofRight).length;
  const isFound = votes.has(right);
  return { isFirst: isFound && before === 0, isAmongFive: isFound && before < FIRST };
}
