import { alignTable } from '../src/cli/align-table.ts';
import type { Estimate } from '../src/evaluation/estimate.ts';
import {
  copyEstimates,
  copyFigures,
  type EditRecall,
  type RankedQuery,
  recallByEdit,
} from './copy-metrics.ts';

/** What a contender found for all copies of all seeds. */
export interface ContenderRankings {
  readonly name: string;
  readonly ranked: readonly RankedQuery[];
}

/** Figures of each contender over the copies that a filter takes, each with its interval and the range of its seeds. */
export function figuresTable(
  contenders: readonly ContenderRankings[],
  isTaken: (query: RankedQuery) => boolean,
): string[] {
  const head = ['contender', 'µAP', 'seeds', 'recall at P 0.99', 'seeds', 'recall at P 0.9', 'in the 20'];
  const rows = contenders.map(({ name, ranked }) => {
    const taken = ranked.filter(isTaken);
    const estimates = copyEstimates(taken, name);
    const seeds = [...new Set(taken.map(({ seed }) => seed))];
    const bySeed = seeds.map((one) => copyFigures(taken.filter(({ seed }) => seed === one)));
    return [
      ...[name, estimateText(estimates.microAveragePrecision)],
      rangeText(bySeed.map(({ microAveragePrecision }) => microAveragePrecision)),
      estimateText(estimates.recallAt99),
      rangeText(bySeed.map(({ recallAt99 }) => recallAt99)),
      estimateText(estimates.recallAt90),
      shareFound(taken).toFixed(3),
    ];
  });
  return alignTable([head, ...rows]);
}

/** Recall of each edit by each contender, at the contender's one threshold of precision 0.99, with the range of its seeds. */
export function editsTable(contenders: readonly ContenderRankings[]): string[] {
  const found = contenders.map(({ ranked }) => recallByEdit(ranked));
  const edits = [...(found[0]?.recalls.keys() ?? [])];
  const shares = (edit: string) => found.map(({ recalls }) => recallText(recalls.get(edit) as EditRecall));
  const thresholds = found.map(({ threshold }) => (threshold === null ? 'never' : threshold.toFixed(3)));
  return alignTable([
    ['edit', ...contenders.map(({ name }) => name)],
    ...edits.map((edit) => [edit, ...shares(edit)]),
    ['from score', ...thresholds],
  ]);
}

/** Share of copies whose original is among what was found at all: whoever looks again cannot find more. */
function shareFound(queries: readonly RankedQuery[]): number {
  const found = queries.filter(({ pairs }) => pairs.some(({ truth }) => truth === 'copy'));
  return found.length / queries.length;
}

function estimateText({ value, low, high }: Estimate): string {
  const interval = low === null || high === null ? '' : ` (${low.toFixed(3)} to ${high.toFixed(3)})`;
  return `${value.toFixed(3)}${interval}`;
}

function recallText({ value, bySeed }: EditRecall): string {
  return `${value.toFixed(2)} (${Math.min(...bySeed).toFixed(2)} to ${Math.max(...bySeed).toFixed(2)})`;
}

function rangeText(values: readonly number[]): string {
  return `${Math.min(...values).toFixed(3)} to ${Math.max(...values).toFixed(3)}`;
}
