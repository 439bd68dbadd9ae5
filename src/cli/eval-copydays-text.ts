import type { CopydaysEvaluation } from '../engine/evaluate-copydays.ts';
import type { PartFigures } from '../evaluation/copydays-figures.ts';
import { alignTable } from './align-table.ts';
import { contenderName, estimateText } from './contender-cells.ts';
import { folderNames, lookedLines } from './looked-lines.ts';
import { count } from './print.ts';

/** An evaluation on Copydays, for people. */
export function copydaysToText(evaluation: CopydaysEvaluation): string[] {
  const { looked, originals, distractors, sameDistractors, withoutOriginal, contenders } = evaluation;
  const byPart = contenders[0]?.byPart ?? {};
  return [
    `Copies of ${count(originals, 'original')}, looked for among those and ${count(distractors, 'distractor')} of ${folderNames(looked)}.`,
    'mAP as in the evaluation of DINO, without whitening; in brackets 95 % intervals (bootstrap over originals).',
    "Pictures are prepared as each model wants it, which may differ from a paper's way.",
    '',
    ...alignTable([
      ['part', 'copies', ...contenders.map(({ contender }) => contenderName(contender))],
      ...Object.entries(byPart).map(([part, { queries }]) => [
        part,
        String(queries),
        ...contenders.map((one) => estimateText((one.byPart[part] as PartFigures).meanAveragePrecision)),
      ]),
    ]),
    ...(withoutOriginal.length + sameDistractors.length > 0 ? [''] : []),
    ...(withoutOriginal.length > 0
      ? [
          `${count(withoutOriginal.length, 'file')} whose original is not there or could not be read took no part; --json lists them.`,
        ]
      : []),
    ...(sameDistractors.length > 0
      ? [
          `${count(sameDistractors.length, 'distractor')} with the same bytes as a picture of Copydays took no part; --json lists them.`,
        ]
      : []),
    ...lookedLines(looked, { countsEach: true, unused: 'not named by six digits' }),
  ];
}
