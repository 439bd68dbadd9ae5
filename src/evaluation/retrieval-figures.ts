import { type Estimate, meanEstimate } from './estimate.ts';
import { PRECISION_AT, type RetrievalScore, type Setup } from './judge-retrieval.ts';

/** How one query was answered in each setup; null where nothing was to be found. */
export type QueryScores = Readonly<Record<Setup, RetrievalScore | null>>;

/** Means over the queries of a setup, 0 to 1; bootstrap over queries. */
export interface SetupFigures {
  /** Those to which something was right. */
  readonly queries: number;
  /** mAP. */
  readonly meanAveragePrecision: Estimate;
  /** mP@k, by k. */
  readonly precisionAt: Readonly<Record<string, Estimate>>;
}

/** Null for a setup in which no query had anything to find. */
export type RetrievalFigures = Readonly<Record<Setup, SetupFigures | null>>;

/** @param seed of the bootstrap */
export function retrievalFigures(scores: readonly QueryScores[], seed: string): RetrievalFigures {
  const of = (setup: Setup) =>
    setupFigures(
      scores.map((ofQuery) => ofQuery[setup]).filter((score) => score !== null),
      seed,
    );
  return { easy: of('easy'), medium: of('medium'), hard: of('hard') };
}

function setupFigures(scores: readonly RetrievalScore[], seed: string): SetupFigures | null {
  if (scores.length === 0) {
    return null;
  }
  const averages = scores.map(({ averagePrecision }) => averagePrecision);
  const precisions = PRECISION_AT.map((k, i) => {
    const values = scores.map(({ precisionAt }) => precisionAt[i] as number);
    return [String(k), meanEstimate(values, seed)] as const;
  });
  return {
    queries: scores.length,
    meanAveragePrecision: meanEstimate(averages, seed),
    precisionAt: Object.fromEntries(precisions),
  };
}
