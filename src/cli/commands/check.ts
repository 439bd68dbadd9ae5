import { Command, Option } from 'commander';
import { COPY_PRESETS, type CopyPreset } from '../../copies/choose-copies.ts';
import { COPY_SCORE, UNSURE_SCORE } from '../../copies/judge-pair.ts';
import { EideticError } from '../../domain/errors.ts';
import { checkFiles } from '../../engine/check-files.ts';
import { JunitReport } from '../check-junit.ts';
import { type CheckPrinter, jsonPrinter, newPrinter, textPrinter } from '../check-printers.ts';
import { type CheckCounts, countChecked, exitCodeOf, NONE_CHECKED } from '../count-checked.ts';
import { addLimitOptions, withLibrary } from '../global-options.ts';
import { collected, parsePath } from '../parse-option.ts';
import { type ToldProgress, withProgress } from '../with-progress.ts';

interface CheckFlags {
  readonly preset: CopyPreset;
  readonly json?: boolean;
  readonly junit?: string;
  readonly new?: boolean;
  readonly null?: boolean;
}

export function checkCommand(): Command {
  return addLimitOptions(new Command('check'))
    .description('which pictures the library already has, as they are or as a copy; nothing is changed')
    .argument('<paths...>', 'picture files, and folders of them', collected(parsePath))
    .addOption(
      new Option(
        '--preset <name>',
        `call a copy what has a score of ${COPY_PRESETS.strict} (strict), ${COPY_PRESETS.copies} (copies) or ${COPY_PRESETS.broad} (broad: all that may be one)`,
      )
        .choices(Object.keys(COPY_PRESETS))
        .default('copies'),
    )
    .addOption(new Option('--json', 'print {files, summary} as JSON').conflicts(['new', 'null']))
    .option(
      '--junit <file>',
      'also write a JUnit report, over an older one at most: a copy is a failure, an unreadable file an error',
      parsePath,
    )
    .option('--new', 'print only the paths of pictures of which the library was found to have nothing')
    .option('-0, --null', 'with --new: end each path by a NUL byte')
    .addHelpText(
      'after',
      `
Examples:
  eidetic index ~/Archive && eidetic check ~/Incoming
  eidetic check /media/card --new -0 | xargs -0 -r cp --backup=numbered -t ~/Incoming
  eidetic check uploads/ --junit report.xml

A picture is a copy by its bytes, by its image data (only metadata differs), by its pixels, or by laying it over the
pictures of the library that look most like it. From a score of ${COPY_SCORE} on it is a copy, from ${UNSURE_SCORE} on
it may be one; neither that nor another shot of a scene is called a copy. Looking ends with the first copy found.
A file that the library has itself is no copy of itself; one that lies elsewhere too is a copy of that.
--new leaves out what may be a copy, copies of files that are not there now, and what could not be compared with all
that looks like it; stderr names them. Without -0, control characters in names are shown as escapes: programs take -0.
Checked files are not compared with each other. A file of the library that is not there now is marked: delete nothing for it.
Exit code 11: a copy was found; else 1: a file could not be read; else 9: some pairs could not be looked at.`,
    )
    .action(async (paths: string[], flags: CheckFlags, command: Command) => {
      if (flags.null && !flags.new) {
        throw new EideticError(
          'INVALID_INPUT',
          'Found --null without --new, whose paths it is for; add --new.',
        );
      }
      const junit = flags.junit === undefined ? null : await JunitReport.begin(flags.junit);
      process.exitCode = exitCodeOf(await check(paths, flags, junit, command));
    });
}

function check(
  paths: readonly string[],
  flags: CheckFlags,
  junit: JunitReport | null,
  command: Command,
): Promise<CheckCounts> {
  // On a terminal the lines themselves show how it goes.
  const showsLines = !flags.json && process.stdout.isTTY === true;
  return withProgress((told, signal) =>
    withLibrary(command, async (library) => {
      if ((await library.catalog.pictures.counts()).pictures === 0) {
        told.say(
          'The library has no pictures, so none will be found in it; "eidetic index FOLDER" adds some.',
        );
      }
      const printer = printerFor(flags, told);
      let counts = NONE_CHECKED;
      const scope = await checkFiles(
        library,
        paths,
        COPY_PRESETS[flags.preset],
        {
          async onChecked(file) {
            counts = countChecked(counts, file);
            junit?.add(file);
            await printer.file(file);
          },
          onProgress: (progress) => showsLines || told.update({ label: 'Checking', ...progress }),
        },
        signal,
      );
      await printer.end(counts, scope);
      await junit?.write(counts);
      return counts;
    }),
  );
}

function printerFor(flags: CheckFlags, told: ToldProgress): CheckPrinter {
  if (flags.json) {
    return jsonPrinter(told);
  }
  return flags.new ? newPrinter(told, flags.null ? '\0' : '\n') : textPrinter();
}
