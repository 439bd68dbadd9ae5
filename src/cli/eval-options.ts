import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { EvaluationProgress, EvaluationSettings } from '../engine/evaluate-labels.ts';
import { EVALUATED_SPACES, evaluatedModels, type SpaceChoice } from '../engine/evaluated-models.ts';
import type { LookedFolders } from '../engine/look-at-folders.ts';
import { addLimitOptions, configOf, modelsOf, say } from './global-options.ts';
import { parsePath } from './parse-option.ts';
import { printJson, printLines } from './print.ts';
import { requireEnding } from './require-ending.ts';
import { runEvaluation } from './run-evaluation.ts';
import { refuseExisting, writeNewFile } from './write-new-file.ts';

/** What every evaluation may be given. */
export interface EvalFlags {
  readonly space: SpaceChoice;
  readonly phash?: boolean;
  readonly json?: boolean;
  readonly plot?: string;
}

/** What the help of every evaluation ends with. */
export const ALIKE = `
Several models are evaluated in one run: --model may be given more than once; "eidetic models" lists them.
No library is needed, and none is changed.
Exit code 1 means that some files could not be read; they are listed and took no part.`;

/** Adds the options of every evaluation. */
export function addEvalOptions(command: Command): Command {
  return addLimitOptions(command)
    .addOption(
      new Option('--space <name>', 'evaluate one space only; all: those that each model has')
        .choices(EVALUATED_SPACES)
        .default('all'),
    )
    .option('--phash', 'also a 64-bit perceptual hash, to compare with')
    .option('--plot <file.svg>', 'draw the figures into a new file', parsePath)
    .option('--json', 'print the figures as JSON, with all that the table leaves out');
}

/** How an evaluation is shown. */
interface Shown<Evaluation> {
  readonly toText: (evaluation: Evaluation) => string[];
  readonly toJson: (evaluation: Evaluation) => unknown;
  /** An SVG file. */
  readonly toPlot: (evaluation: Evaluation) => string;
}

/**
 * Evaluates as the flags say, and prints and draws what it comes to.
 * @throws EideticError INVALID_INPUT for a plot that could not be written, before anything is looked at; as `evaluate`
 */
export async function showEvaluation<Evaluation extends { readonly looked: LookedFolders }>(
  command: Command,
  { space, phash, json, plot }: EvalFlags,
  evaluate: (
    settings: EvaluationSettings,
    onProgress: (progress: EvaluationProgress) => void,
    signal: AbortSignal,
  ) => Promise<Evaluation>,
  { toText, toJson, toPlot }: Shown<Evaluation>,
): Promise<void> {
  const drawing = plot === undefined ? null : resolve(plot);
  if (drawing !== null) {
    requireEnding('--plot', drawing, '.svg');
    await refuseExisting(drawing);
  }
  const models = await evaluatedModels(configOf(command), modelsOf(command));
  const settings = { models, space, withHash: phash === true };
  const evaluation = await runEvaluation((onProgress, signal) => evaluate(settings, onProgress, signal));
  await (json ? printJson(toJson(evaluation)) : printLines(toText(evaluation)));
  if (drawing !== null) {
    await writeNewFile(drawing, Buffer.from(toPlot(evaluation)));
    say(`Drawn into ${drawing}.`);
  }
}
