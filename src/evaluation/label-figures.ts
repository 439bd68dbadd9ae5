import { type Estimate, meanEstimate, shareEstimate } from './estimate.ts';
import type { LabelRanking } from './rank-by-labels.ts';

/** What rankings by labels come to, all 0 to 1. */
export interface LabelFigures {
  /** Pictures that were looked for. */
  readonly queries: number;
  /** Share of them whose nearest has their label; Wilson's interval. */
  readonly top1: Estimate;
  /** Mean of LabelRanking.precisionAt5; bootstrap over queries. */
  readonly precisionAt5: Estimate;
  /** Mean of LabelRanking.averagePrecision (mAP); bootstrap over queries. */
  readonly meanAveragePrecision: Estimate;
}

/** @param rankings one or more @param seed of the bootstrap */
export function labelFigures(rankings: readonly LabelRanking[], seed: string): LabelFigures {
  return {
    queries: rankings.length,
    top1: shareEstimate(rankings.filter(({ isFirstRight }) => isFirstRight).length, rankings.length),
    precisionAt5: meanEstimate(
      rankings.map(({ precisionAt5 }) => precisionAt5),
      seed,
    ),
    meanAveragePrecision: meanEstimate(
      rankings.map(({ averagePrecision }) => averagePrecision),
      seed,
    ),
  };
}

/** The same of each label, ascending by name. */
export function figuresByLabel(rankings: readonly LabelRanking[], seed: string): Map<string, LabelFigures> {
  const byLabel = new Map<string, LabelRanking[]>();
  for (const ranking of rankings) {
    const alike = byLabel.get(ranking.label);
    if (alike === undefined) {
      byLabel.set(ranking.label, [ranking]);
    } else {
      alike.push(ranking);
    }
  }
  const labels = [...byLabel.keys()].sort();
  return new Map(
    labels.map((label) => [label, labelFigures(byLabel.get(label) as LabelRanking[], `${seed}/${label}`)]),
  );
}
