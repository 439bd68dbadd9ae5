import { Command, Option } from 'commander';
import { BY_RULE, wishOf } from '../../copies/choose-copies.ts';
import { COPY_SCORE, UNSURE_SCORE } from '../../copies/judge-pair.ts';
import { EideticError } from '../../domain/errors.ts';
import { checkFiles } from '../../engine/check-files.ts';
import type { NamedSplit } from '../../engine/check-splits.ts';
import { checkedCase } from '../check-junit.ts';
import { type CheckPrinter, jsonPrinter, newPrinter, textPrinter } from '../check-printers.ts';
import { addWishOptions } from '../copy-options.ts';
import { type CheckCounts, countChecked, exitCodeOf, NONE_CHECKED } from '../count-checked.ts';
import { addLimitOptions, withLibrary } from '../global-options.ts';
import { JunitReport } from '../junit-report.ts';
import { collected, parsePath } from '../parse-option.ts';
import { parseSplit } from '../parse-split.ts';
import { runSplitsCheck, type SplitsFlags } from '../run-splits-check.ts';
import { type ToldProgress, withProgress } from '../with-progress.ts';
import { refuseExisting } from '../write-new-file.ts';

interface CheckFlags extends SplitsFlags {
  readonly splits?: readonly NamedSplit[];
  readonly junit?: string;
  readonly new?: boolean;
}

export function checkCommand(): Command {
  return addWishOptions(addLimitOptions(new Command('check')))
    .description(
      'which pictures the library already has, as they are or as a copy, or which leak over the splits of a data set; nothing is changed',
    )
    .argument('[paths...]', 'picture files, and folders of them', collected(parsePath))
    .addOption(
      new Option(
        '--splits <name=folder...>',
        'instead look for copies over the splits of a data set, and for the same under two labels',
      )
        .argParser(collected(parseSplit))
        .conflicts('new'),
    )
    .addOption(
      new Option(
        '--clean <list>',
        'with --splits: write a list of files without which no leak is left, where nothing is yet',
      ).argParser(parsePath),
    )
    .addOption(
      new Option(
        '--json',
        'print {files, summary} as JSON; of splits {splits, leaks, labelConflicts, …}',
      ).conflicts(['new', 'null']),
    )
    .option(
      '--junit <file>',
      'also write a JUnit report, over an older one at most: a copy is a failure, an unreadable file an error',
      parsePath,
    )
    .option('--new', 'print only the paths of pictures of which the library was found to have nothing')
    .option('-0, --null', 'with --new or --clean: end each path by a NUL byte')
    .addHelpText(
      'after',
      `
Examples:
  eidetic index ~/Archive && eidetic check ~/Incoming
  eidetic check /media/card --new -0 | xargs -0 -r cp --backup=numbered -t ~/Incoming
  eidetic check uploads/ --junit report.xml
  eidetic check --splits train=data/train val=data/val test=data/test --clean leaks.txt

A picture is a copy by its bytes, by its image data (only metadata differs), by its pixels, or by laying it over the
pictures of the library that look most like it. From a score of ${COPY_SCORE} on it is a copy, from ${UNSURE_SCORE} on
it may be one; neither that nor another shot of a scene is called a copy. Looking ends with the first copy found.
With --precision or --max-false-pairs the line is drawn by the scores of all pairs that were looked at: no file is done with
at its first copy, files are told at the end, and what has a caption or a sticker more than the other can be called a copy
too, if that is likely enough. In any case the summary says how many of the pairs called copies are
expected to be wrong.
A file that the library has itself is no copy of itself; one that lies elsewhere too is a copy of that.
--new leaves out what may be a copy, copies of files that are not there now, and what could not be compared with all
that looks like it; stderr names them. Without -0, control characters in names are shown as escapes: programs take -0.
Checked files are not compared with each other. A file of the library that is not there now is marked: delete nothing for it.

With --splits the folders are those of a data set that the library knows, and the question is that of "eidetic duplicates
--copies --across": equal pictures and copies in two splits are leaks (train-test leakage), also where one file has two
names. The label of a file is the name of the folder in its split that it lies in: train/cat/1.jpg is a cat, train/1.jpg has
none; the same under two labels is a label conflict, also within one split. Every file that leaks is named, with one of each
other split. What may be a copy, and other shots of one scene, are told apart and count for nothing. --clean names the files
of the splits that are named first, which give way to those behind them; nothing is deleted. What lies in a split and was
compared with nothing is named as left out: what could not be read, what the library does not know, symbolic links that were
not followed, and links to what has another name. No list is clean of that. What the rules of an indexed folder pass over
(hidden, excluded) is counted.
Exit code 11: a copy, a leak or a label conflict was found; else 1: a file could not be read; else 9: some pairs could not be
looked at, files were away, or something in a split was left out.`,
    )
    .action(async (paths: readonly string[], flags: CheckFlags, command: Command) => {
      refuseMisplaced(paths, flags);
      if (flags.clean !== undefined) {
        await refuseExisting(flags.clean);
      }
      const junit = flags.junit === undefined ? null : await JunitReport.begin(flags.junit);
      process.exitCode =
        flags.splits === undefined
          ? exitCodeOf(await check(paths, flags, junit, command))
          : await runSplitsCheck(flags.splits, flags, junit, command);
    });
}

/** @throws EideticError INVALID_INPUT for words that nothing else looks at */
function refuseMisplaced(paths: readonly string[], flags: CheckFlags): void {
  const problem = misplaced(paths, flags);
  if (problem !== null) {
    throw new EideticError('INVALID_INPUT', problem);
  }
}

function misplaced(paths: readonly string[], flags: CheckFlags): string | null {
  if (flags.splits !== undefined) {
    if (paths.length > 0) {
      return `Found ${paths[0]} beside --splits, expected the splits alone; name a split as name=folder.`;
    }
    return flags.null && flags.clean === undefined
      ? 'Found --null without --clean, whose paths it is for; add --clean.'
      : null;
  }
  if (paths.length === 0) {
    return 'Found nothing to check; name files or folders, or --splits.';
  }
  if (flags.clean !== undefined) {
    return 'Found --clean without --splits, which it is for; add --splits.';
  }
  return flags.null && !flags.new ? 'Found --null without --new, whose paths it is for; add --new.' : null;
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
        wishOf(flags) ?? BY_RULE,
        {
          async onChecked(file) {
            counts = countChecked(counts, file);
            junit?.add(checkedCase(file));
            await printer.file(file);
          },
          onProgress: (progress) => showsLines || told.update({ label: 'Checking', ...progress }),
        },
        signal,
      );
      await printer.end(counts, scope);
      await junit?.write();
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
