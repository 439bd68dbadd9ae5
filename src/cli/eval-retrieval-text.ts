import type { RetrievalEvaluation } from '../engine/evaluate-retrieval.ts';
import { PRECISION_AT, SETUPS } from '../evaluation/judge-retrieval.ts';
import type { SetupFigures } from '../evaluation/retrieval-figures.ts';
import { alignTable } from './align-table.ts';
import { CONTENDER_HEAD, contenderCells, estimateText } from './contender-cells.ts';
import { folderNames, lookedLines } from './looked-lines.ts';
import { count } from './print.ts';

/** An evaluation by a ground truth, for people. */
export function retrievalToText(evaluation: RetrievalEvaluation): string[] {
  const { looked, database, queries, answered, unreadAnswers, contenders } = evaluation;
  const unanswered = queries - answered;
  return [
    `${queriesText(answered)} looked for among ${count(database, 'picture')} of ${folderNames(looked)}, as revisited Oxford and Paris are evaluated.`,
    "In brackets 95 % intervals (bootstrap over queries). Pictures are prepared as each model wants it, which may differ from a paper's way.",
    '',
    ...alignTable([
      [...CONTENDER_HEAD, 'setup', 'queries', 'mAP', ...PRECISION_AT.map((k) => `mP@${k}`)],
      ...contenders.flatMap(({ contender, figures }) =>
        SETUPS.map((setup) => [...contenderCells(contender), setup, ...setupCells(figures[setup])]),
      ),
    ]),
    ...(unanswered + unreadAnswers > 0 ? [''] : []),
    ...(unanswered > 0 ? [`${queriesText(unanswered)} could not be read and took no part.`] : []),
    ...(unreadAnswers > 0
      ? [`${count(unreadAnswers, 'picture')} to be found could not be read, and counted as not found.`]
      : []),
    ...lookedLines(looked, { countsEach: true, unused: 'not named by the ground truth' }),
  ];
}

function queriesText(number: number): string {
  return `${number.toLocaleString('en')} ${number === 1 ? 'query' : 'queries'}`;
}

function setupCells(figures: SetupFigures | null): string[] {
  if (figures === null) {
    return ['0', '-', ...PRECISION_AT.map(() => '-')];
  }
  const { queries, meanAveragePrecision, precisionAt } = figures;
  const precisions = PRECISION_AT.map((k) => precisionAt[k]?.value.toFixed(3) ?? '-');
  return [String(queries), estimateText(meanAveragePrecision), ...precisions];
}
