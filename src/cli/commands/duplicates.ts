import { Command } from 'commander';
import { findLibraryDuplicates } from '../../engine/find-library-duplicates.ts';
import { absentPaths } from '../absent-paths.ts';
import { reportToCsv, reportToJson, reportToText } from '../duplicates-output.ts';
import { EXIT_FOUND } from '../exit-codes.ts';
import { parseSimilarity, withLibrary } from '../global-options.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import { printJson } from '../print.ts';
import { ProgressLine } from '../progress-line.ts';

interface DuplicatesFlags {
  readonly minSimilarity?: number;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly failOnFound?: boolean;
}

export function duplicatesCommand(): Command {
  return new Command('duplicates')
    .description(
      'files with the same bytes, pictures with the same pixels, and look-alikes above a similarity',
    )
    .option('--min-similarity <s>', 'also pictures at least this similar, -1 to 1', parseSimilarity)
    .option('--json', 'print {groups, pairs} as JSON')
    .option('--csv', 'print one row per file as CSV')
    .option('--fail-on-found', 'end with exit code 11 when anything was found')
    .addHelpText(
      'after',
      `
Examples:
  eidetic duplicates
  eidetic duplicates --min-similarity 0.95 --csv > duplicates.csv

Every two pictures of a group are related; there are no chains. Nothing is changed or deleted.
Similar does not mean copied: look before you act on a group that is only similar.`,
    )
    .action(async (flags: DuplicatesFlags, command: Command) => {
      const line = new ProgressLine(process.stderr);
      const interrupt = abortOnInterrupt(() => line.clear());
      const report = await withLibrary(command, async (library) => {
        const { pictures } = await library.catalog.pictures.counts();
        return findLibraryDuplicates(
          library,
          flags.minSimilarity ?? null,
          (done) => line.update({ label: 'Comparing', done, total: pictures, failed: 0 }),
          interrupt.signal,
        );
      });
      line.clear();
      interrupt.dispose();
      const absent = await absentPaths(report);
      if (flags.json) {
        printJson(reportToJson(report, absent));
      } else {
        process.stdout.write(flags.csv ? reportToCsv(report, absent) : `${reportToText(report, absent)}\n`);
      }
      if (flags.failOnFound && report.groups.length > 0) {
        process.exitCode = EXIT_FOUND;
      }
    });
}
