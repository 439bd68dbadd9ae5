import type { KnnEvaluation } from '../engine/evaluate-knn.ts';
import { alignTable } from './align-table.ts';
import { CONTENDER_HEAD, contenderCells, estimateText } from './contender-cells.ts';
import { lookedLines } from './looked-lines.ts';
import { count } from './print.ts';
import { shorten } from './print-hits.ts';

/** An evaluation by weighted nearest neighbors, for people. */
export function knnToText(evaluation: KnnEvaluation): string[] {
  const { looked, train, test, classes, trainPictures, testPictures, alsoInTrain, contenders } = evaluation;
  return [
    `${count(testPictures, 'picture')} of ${shorten(test)}, classified by their nearest among ${count(trainPictures, 'picture')} of ${shorten(train)}; ${classes.toLocaleString('en')} classes.`,
    "In brackets 95 % intervals (Wilson). Pictures are prepared as each model wants it, which may differ from a paper's way.",
    ...(classes <= FEW_CLASSES
      ? [`Of ${classes} classes top-5 says no more than whether any neighbor has the class.`]
      : []),
    '',
    ...alignTable([
      [...CONTENDER_HEAD, 'k', 'top-1', 'top-5'],
      ...contenders.flatMap(({ contender, figures }) =>
        figures.map(({ neighbors, top1, top5 }) => [
          ...contenderCells(contender),
          String(neighbors),
          estimateText(top1),
          estimateText(top5),
        ]),
      ),
    ]),
    ...(alsoInTrain.length > 0
      ? [
          '',
          `Test pictures with the same bytes as a training picture: ${alsoInTrain.length.toLocaleString('en')}. They count too, so the figures are too good.`,
        ]
      : []),
    ...lookedLines(looked, { countsEach: true, unused: 'in no folder of a class' }),
  ];
}

/** Of so many, all are among the five with the most votes. */
const FEW_CLASSES = 5;
