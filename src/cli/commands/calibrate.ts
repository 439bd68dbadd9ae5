import { Command } from 'commander';
import { COPY_PRESETS, lineAtScore } from '../../copies/choose-copies.ts';
import { type CalibrationRun, calibrateCopies } from '../../engine/calibrate-copies.ts';
import { keepCalibration, recallByEdit } from '../../engine/calibration-file.ts';
import { COPY_EDITS } from '../../sample/copy-edits.ts';
import { calibrationToText } from '../calibration-text.ts';
import { EXIT_SOME_FAILED } from '../exit-codes.ts';
import { addLimitOptions, withLibrary } from '../global-options.ts';
import { parseCount, parsePositive } from '../parse-option.ts';
import { printJson, printLines } from '../print.ts';
import { withProgress } from '../with-progress.ts';

interface CalibrateFlags {
  readonly pictures: number;
  readonly seed: number;
  readonly json?: boolean;
}

export function calibrateCommand(): Command {
  return addLimitOptions(new Command('calibrate'))
    .description('measure which edited copies of your own pictures are known again, and keep it for reports')
    .option('--pictures <n>', 'make copies of so many pictures, drawn by the seed', parsePositive, 40)
    .option('--seed <n>', 'another one draws and edits other pictures, otherwise', parseCount, 1)
    .option('--json', 'print the figures as JSON, with the score of every copy')
    .addHelpText(
      'after',
      `
Examples:
  eidetic calibrate
  eidetic calibrate --pictures 200 --seed 2

Of each picture ${COPY_EDITS.length} copies are made in memory, and each is looked for in the library, which takes some seconds a
picture. What is measured takes the place of what was measured before, and "eidetic duplicates --copies" says by it what it
is expected to miss. Your pictures stay as they are.
Exit code 1 means that some pictures could not be read or edited; they are listed and took no part.`,
    )
    .action(async (flags: CalibrateFlags, command: Command) => {
      await calibrate(flags, command);
    });
}

function calibrate(flags: CalibrateFlags, command: Command): Promise<void> {
  return withProgress((told, signal) =>
    withLibrary(command, async (library) => {
      const run = await calibrateCopies(
        library,
        { ...flags, edits: COPY_EDITS },
        ({ done, total }) => told.update({ label: 'Editing and looking', done, total, failed: 0 }),
        signal,
      );
      for (const failure of run.failures) {
        told.fail(failure);
      }
      process.exitCode = run.failures.length > 0 ? EXIT_SOME_FAILED : 0;
      // Told before it is kept: a full disk must not cost what took minutes.
      await (flags.json ? printJson(toJson(run)) : printLines(calibrationToText(run)));
      if (library.catalog.isReadOnly) {
        told.say('The library can only be read: what was measured is not kept.');
      } else {
        await keepCalibration(library, run.calibration);
      }
    }),
  );
}

function toJson({ calibration, failures }: CalibrationRun): unknown {
  const recall = Object.fromEntries(
    Object.entries(COPY_PRESETS).map(([preset, least]) => [
      preset,
      Object.fromEntries(recallByEdit(calibration, lineAtScore(least))),
    ]),
  );
  return { ...calibration, recall, failures };
}
