import type { LabelEvaluation } from '../engine/evaluate-labels.ts';
import { alignTable } from './align-table.ts';
import { CONTENDER_HEAD, contenderCells, estimateText } from './contender-cells.ts';
import { folderNames, lookedLines } from './looked-lines.ts';
import { count } from './print.ts';

/** An evaluation by labels, for people. */
export function labelsToText({ looked, labels, alone, contenders }: LabelEvaluation): string[] {
  return [
    `${count(looked.pictures.length, 'different picture')} of ${folderNames(looked)}, ${count(labels, 'label')}; each is left out and looked for among all others.`,
    ...(alone > 0 ? [`${count(alone, 'picture')} alone with a label of their own look for nothing.`] : []),
    'In brackets 95 % intervals: Wilson for top-1, bootstrap over pictures for P@5 and mAP.',
    '',
    ...alignTable([
      [...CONTENDER_HEAD, 'top-1', 'P@5', 'mAP'],
      ...contenders.map(({ contender, figures }) => [
        ...contenderCells(contender),
        ...[figures.top1, figures.precisionAt5, figures.meanAveragePrecision].map(estimateText),
      ]),
    ]),
    ...lookedLines(looked),
  ];
}
