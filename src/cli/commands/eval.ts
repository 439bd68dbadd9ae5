import { Command, Option } from 'commander';
import { EDITED_SIDE, evaluateCopies } from '../../engine/evaluate-copies.ts';
import { type EvaluationRequest, evaluateLabels } from '../../engine/evaluate-labels.ts';
import { EVALUATED_SPACES, evaluatedModels, type SpaceChoice } from '../../engine/evaluated-models.ts';
import { PRECISION } from '../../evaluation/copy-figures.ts';
import { COPY_EDITS } from '../../sample/copy-edits.ts';
import { copiesToJson, labelsToJson } from '../eval-json.ts';
import { copiesToText, labelsToText } from '../eval-text.ts';
import { addLimitOptions, configOf, modelsOf } from '../global-options.ts';
import { collected, parseCount, parsePath, parsePositive } from '../parse-option.ts';
import { printJson, printLines } from '../print.ts';
import { runEvaluation } from '../run-evaluation.ts';

interface EvalFlags {
  readonly space: SpaceChoice;
  readonly phash?: boolean;
  readonly json?: boolean;
}

interface CopiesFlags extends EvalFlags {
  readonly queries: number;
  readonly seed: number;
}

export function evalCommand(): Command {
  return new Command('eval')
    .description('measure how well models find what they should in your own pictures; nothing is kept')
    .addCommand(labelsCommand())
    .addCommand(copiesCommand());
}

const ALIKE = `
Several models are evaluated in one run: --model may be given more than once; "eidetic models" lists them.
Files with the same bytes count as one. No library is needed, and none is changed.
Exit code 1 means that some files could not be read; they are listed and took no part.`;

const EDITS = COPY_EDITS.map(({ name }) => name);

function labelsCommand(): Command {
  return addEvalOptions(new Command('labels'))
    .description('whether pictures find those of the same label, which is the name of the folder they lie in')
    .addHelpText(
      'after',
      `
Examples:
  eidetic eval labels ~/Pictures/by-subject
  eidetic eval labels ~/Pictures/by-subject --model eidetic-s16 --model dinov2-small

Every picture is left out once and looked for among all others, by exact search. Of equally near ones wrong ones count
as nearer.
  top-1  share of pictures whose nearest has the same label
  P@5    share of the five nearest with the same label, averaged over pictures
  mAP    precision at the place of each picture of the same label, averaged over those, then over pictures
${ALIKE}`,
    )
    .action(async (folders: string[], flags: EvalFlags, command: Command) => {
      const request = await requestOf(folders, flags, command);
      const evaluation = await runEvaluation((onProgress, signal) =>
        evaluateLabels(configOf(command), request, onProgress, signal),
      );
      await (flags.json ? printJson(labelsToJson(evaluation)) : printLines(labelsToText(evaluation)));
    });
}

function copiesCommand(): Command {
  return addEvalOptions(new Command('copies'))
    .description('whether edited copies of your pictures find their originals among all of them')
    .option('--queries <n>', 'make copies of so many pictures, drawn by the seed', parsePositive, 200)
    .option('--seed <n>', 'another one draws and edits other pictures, otherwise', parseCount, 1)
    .addHelpText(
      'after',
      `
Examples:
  eidetic eval copies ~/Pictures/2024
  eidetic eval copies ~/Pictures/2024 --queries 500 --seed 7 --phash --json > copies.json

Edits: ${EDITS.slice(0, 8).join(', ')},
${EDITS.slice(8).join(', ')};
crops keep that share of the area. They are made of the upright picture, at most ${EDITED_SIDE} pixels on its longer side.
  recall@1  share of copies whose nearest picture is the original
  µAP       precision at each original among the hits of all copies, averaged: whether one threshold serves all
  recall at precision ${PRECISION}  share of originals at or above the lowest similarity from which on so many hits are right
Two photos of one scene are no copies of each other, and hard to tell from one: where such a near-duplicate of the
original comes first, it is counted apart, and --json lists the pairs.
${ALIKE}`,
    )
    .action(async (folders: string[], flags: CopiesFlags, command: Command) => {
      const { queries, seed } = flags;
      const request = { ...(await requestOf(folders, flags, command)), edits: COPY_EDITS, queries, seed };
      const evaluation = await runEvaluation((onProgress, signal) =>
        evaluateCopies(configOf(command), request, onProgress, signal),
      );
      await (flags.json
        ? printJson(copiesToJson(evaluation, seed))
        : printLines(copiesToText(evaluation, seed)));
    });
}

function addEvalOptions(command: Command): Command {
  return addLimitOptions(command)
    .argument('<folders...>', 'folders of pictures', collected(parsePath))
    .addOption(
      new Option('--space <name>', 'evaluate one space only; all: those that each model has')
        .choices(EVALUATED_SPACES)
        .default('all'),
    )
    .option('--phash', 'also a 64-bit perceptual hash, to compare with')
    .option('--json', 'print the figures as JSON, with those of each label, edit and pair');
}

async function requestOf(
  folders: readonly string[],
  { space, phash }: EvalFlags,
  command: Command,
): Promise<EvaluationRequest> {
  const models = await evaluatedModels(configOf(command), modelsOf(command));
  return { folders, models, space, withHash: phash === true };
}
