import { Command, Option } from 'commander';
import { MIN_SIMILARITY_RULE } from '../../domain/least-similarity.ts';
import type { SpaceId } from '../../domain/space.ts';
import { LEAST_OF_COPIES } from '../../duplicates/find-copy-pairs.ts';
import { pathsInReport, weighReport } from '../../duplicates/weigh-report.ts';
import { recallAt } from '../../engine/calibration-file.ts';
import { meaningOf } from '../../engine/library-spaces.ts';
import { lookAtPaths } from '../../engine/look-at-paths.ts';
import { addCopyOptions, type CopyFlags, copyWishOf } from '../copy-options.ts';
import { reportToCsv } from '../duplicates-csv.ts';
import { reportToJson } from '../duplicates-json.ts';
import { countLeftOut, leftOutLines } from '../duplicates-left-out.ts';
import { reportToText } from '../duplicates-text.ts';
import { EXIT_FOUND, EXIT_INCOMPLETE } from '../exit-codes.ts';
import { findWithProgress } from '../find-with-progress.ts';
import { say, withLibrary } from '../global-options.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import { parseSimilarity } from '../parse-option.ts';
import { printPieces } from '../print.ts';
import { ProgressLine } from '../progress-line.ts';
import { addQuestionOptions, askedIn, type QuestionFlags, questionOf } from '../question-options.ts';

interface DuplicatesFlags extends QuestionFlags, CopyFlags {
  readonly space?: SpaceId;
  readonly minSimilarity?: number;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly failOnFound?: boolean;
  readonly decided?: boolean;
}

export function duplicatesCommand(): Command {
  return addCopyOptions(addQuestionOptions(new Command('duplicates')))
    .description(
      'files with the same bytes, pictures with the same image data or pixels, copies, and look-alikes above a similarity',
    )
    .option(
      '--min-similarity <s>',
      `also pictures at least so similar: ${MIN_SIMILARITY_RULE}; with --copies the least of pairs that are looked at (${LEAST_OF_COPIES})`,
      parseSimilarity,
    )
    .option(
      '--space <name>',
      'compare what pictures show (similar), or which photograph they are (copy; the default where the model tells that)',
    )
    .option('--decided', 'show also what somebody decided to keep, marked')
    .addOption(new Option('--json', 'print {groups, pairs, …} as JSON').conflicts('csv'))
    .option('--csv', 'print one row per file as CSV')
    .option('--fail-on-found', 'end with exit code 11 when anything was found')
    .addHelpText(
      'after',
      `
Examples:
  eidetic duplicates
  eidetic duplicates ~/Pictures --copies
  eidetic duplicates --precision 0.99
  eidetic duplicates --max-false-pairs 5
  eidetic duplicates --min-similarity 0.95 --csv > duplicates.csv
  eidetic duplicates --min-similarity 0.9 --space similar
  eidetic duplicates --copies --across ~/incoming ~/archive --reference ~/archive
  eidetic duplicates --copies --across data/train data/test

Every two pictures of a group are related; there are no chains: what would make one is named a bridge. Nothing is changed
or deleted. With --across, --within and --reference only pairs are looked at that answer the question; a file that lies in
several of the folders that are compared belongs to the deepest.
Similar does not mean copied: look before you act on a group that is only similar.
Of copies each pair is looked at once, some tenths of a second: the first report takes longest. What may be a copy, and other
shots of one scene (by the time they were taken), are listed as pairs and put into no group.
How many of the pairs called copies are none is estimated from how the scores of your own pictures lie, and printed with the
report; --preset, --precision and --max-false-pairs, of which one is named, draw the line elsewhere and ask for copies.
Pairs in which something else stands in two places or more (a caption, a sticker, or what moved) or parts are off their places
may be copies, and are called that by --precision and --max-false-pairs alone, the likeliest first; "eidetic plan" never drops
one. What is smaller, as a date, does not keep a pair from being called a copy, but "eidetic plan" leaves both.
Pictures that look the same are decoded once to compare their pixels, so the first report takes longest.
Of pictures of equal pixels "pairs" has each with the first; the first alone stands for them in similar pairs.
What was decided with "eidetic decide" is heeded: what is no copy is in no group together, what is one is believed without
looking, and a group of which every two are to be kept is left out and counted, until another picture joins it.
The most certain groups come first, then those that free most. What could be freed is told of equal files alone, of which
the largest is kept; hard and symbolic links free nothing. A file that is not there, or has changed since it was
indexed, is marked and never counted as a copy; a group of which no two files are there is left out, and the exit code is 9.`,
    )
    .action(async (folders: readonly string[], given: DuplicatesFlags, command: Command) => {
      const flags = askedIn(folders, given);
      const copies = copyWishOf(flags);
      const line = new ProgressLine(process.stderr);
      const interrupt = abortOnInterrupt(() => line.clear());
      const { report, looks, meaning, recall } = await withLibrary(command, async (library) => {
        const { spaces } = library;
        const searched = flags.space === undefined ? spaces.forCopies : spaces.named(flags.space);
        const found = await findWithProgress(
          library,
          searched,
          {
            question: await questionOf(library, flags),
            minSimilarity: flags.minSimilarity ?? (copies === null ? null : LEAST_OF_COPIES),
            copies,
            showsDecided: flags.decided ?? false,
          },
          line,
          interrupt.signal,
        );
        const looks = await lookAtPaths(library, pathsInReport(found));
        const recall = found.copies && (await recallAt(library, found.copies.choice));
        return { report: weighReport(found, looks), looks, meaning: meaningOf(searched), recall };
      });
      line.clear();
      interrupt.dispose();
      const print = flags.json ? reportToJson : flags.csv ? reportToCsv : reportToText;
      await printPieces(print(report, looks, meaning, recall));
      if (flags.csv) {
        leftOutLines(report).forEach(say);
      }
      if (flags.failOnFound && report.groups.length > 0) {
        process.exitCode = EXIT_FOUND;
      } else if (countLeftOut(report) > 0) {
        process.exitCode = EXIT_INCOMPLETE;
      }
    });
}
