import { type Estimate, shareEstimate } from './estimate.ts';
import type { ClassVote } from './vote-for-class.ts';

/** How often the neighbors told the class; Wilson's intervals. */
export interface KnnFigures {
  /** How many voted. */
  readonly neighbors: number;
  /** Share of pictures whose class had the most votes, 0 to 1. */
  readonly top1: Estimate;
  /** The same for the five classes with the most. */
  readonly top5: Estimate;
}

/** @param neighbors how many voted @param votes likewise, then by picture; one or more each */
export function knnFigures(
  neighbors: readonly number[],
  votes: ReadonlyArray<readonly ClassVote[]>,
): KnnFigures[] {
  return neighbors.map((k, i) => {
    const ofAll = votes[i] as readonly ClassVote[];
    return {
      neighbors: k,
      top1: shareEstimate(ofAll.filter(({ isFirst }) => isFirst).length, ofAll.length),
      top5: shareEstimate(ofAll.filter(({ isAmongFive }) => isAmongFive).length, ofAll.length),
    };
  });
}
