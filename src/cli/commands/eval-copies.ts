import { Command } from 'commander';
import { EDITED_SIDE, evaluateCopies } from '../../engine/evaluate-copies.ts';
import { PRECISION } from '../../evaluation/copy-figures.ts';
import { COPY_EDITS } from '../../sample/copy-edits.ts';
import { copiesToText } from '../eval-copies-text.ts';
import { copiesToJson } from '../eval-json.ts';
import { ALIKE, addEvalOptions, type EvalFlags, showEvaluation } from '../eval-options.ts';
import { copiesPlot } from '../eval-plots.ts';
import { configOf } from '../global-options.ts';
import { collected, parseCount, parsePath, parsePositive } from '../parse-option.ts';

interface CopiesFlags extends EvalFlags {
  readonly queries: number;
  readonly seed: number;
}

const EDITS = COPY_EDITS.map(({ name }) => name);

export function evalCopiesCommand(): Command {
  return addEvalOptions(
    new Command('copies').argument('<folders...>', 'folders of pictures', collected(parsePath)),
  )
    .description('whether edited copies of your pictures find their originals among all of them')
    .option('--queries <n>', 'make copies of so many pictures, drawn by the seed', parsePositive, 200)
    .option('--seed <n>', 'another one draws and edits other pictures, otherwise', parseCount, 1)
    .addHelpText(
      'after',
      `
Examples:
  eidetic eval copies ~/Pictures/2024
  eidetic eval copies ~/Pictures/2024 --queries 500 --seed 7 --phash --json > copies.json
  eidetic eval copies ~/Pictures/2024 --phash --plot copies.svg

Edits: ${EDITS.slice(0, 8).join(', ')},
${EDITS.slice(8).join(', ')};
crops keep that share of the area. They are made of the upright picture, at most ${EDITED_SIDE} pixels on its longer side.
  recall@1  share of copies whose nearest picture is the original
  µAP       precision at each original among the hits of all copies, averaged: whether one threshold serves all
  recall at precision ${PRECISION}  share of originals at or above the lowest similarity from which on so many hits are right
Two photos of one scene are no copies of each other, and hard to tell from one: where such a near-duplicate of the
original comes first, it is counted apart, and --json lists the pairs. The plot has recall by edit, and precision over
recall. Files with the same bytes count as one.
${ALIKE}`,
    )
    .action((folders: string[], flags: CopiesFlags, command: Command) => {
      const { queries, seed } = flags;
      return showEvaluation(
        command,
        flags,
        (settings, onProgress, signal) => {
          const request = { ...settings, folders, edits: COPY_EDITS, queries, seed };
          return evaluateCopies(configOf(command), request, onProgress, signal);
        },
        {
          toText: (evaluation) => copiesToText(evaluation, seed),
          toJson: (evaluation) => copiesToJson(evaluation, seed),
          toPlot: (evaluation) => copiesPlot(evaluation, seed),
        },
      );
    });
}
