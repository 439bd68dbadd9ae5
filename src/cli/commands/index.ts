import { Command } from 'commander';
import { EideticError } from '../../domain/errors.ts';
import { calibrateAfterRun } from '../calibrate-after-run.ts';
import { describeSummary } from '../describe-summary.ts';
import { addLimitOptions, configOf, withLibrary } from '../global-options.ts';
import { mayCreate } from '../may-create.ts';
import { parsePath } from '../parse-option.ts';
import { printJson, printLines } from '../print.ts';
import { type FileList, readFileList } from '../read-file-list.ts';
import { addRuleOptions, explainExclude, type RuleFlags, rulesOf } from '../rule-options.ts';
import { runIndex, runTakeUploadsBack } from '../run-index.ts';

interface IndexFlags extends RuleFlags {
  readonly force?: boolean;
  readonly allowEmpty?: boolean;
  readonly beginAnew?: boolean;
  readonly filesFrom?: string;
  readonly null?: boolean;
  readonly json?: boolean;
}

export function indexCommand(): Command {
  return addLimitOptions(addRuleOptions(new Command('index')))
    .description('put the pictures of folders into the library, and bring it up to date with them')
    .argument('[paths...]', 'folders or files; none: the folders indexed before')
    .option('--files-from <file>', 'also the files listed there, one a line; - for stdin', parsePath)
    .option('-0, --null', 'the list is separated by NUL bytes')
    .option('--force', 'read and embed again what looks unchanged')
    .option('--allow-empty', 'accept that a folder is gone or has lost all its files')
    .option(
      '--begin-anew',
      'make a new catalog where that of the library was lost, and take its uploads back',
    )
    .option(
      '--recipe <name>',
      'how pictures are fitted into the model: squash or center-crop (default: squash)',
    )
    .option('--json', 'print the summary as JSON')
    .addHelpText(
      'after',
      `
Examples:
  eidetic index ~/Pictures
  eidetic index ~/Pictures /mnt/scans --exclude '*.xmp' --exclude 'trash/**'
  find /mnt -name '*.jpg' -print0 | eidetic index --files-from - -0

Running it again reads only what is new or has changed. It can be stopped at any time.
A folder keeps the rules it was given (--exclude, --hidden, --follow-symlinks) until others are.
What is away (a drive that is not mounted, a folder that cannot be listed) stays in the library.
Files that are no pictures (sidecars, movies, documents) and pictures in formats that Eidetic does not read (camera raw,
PSD, ...) are counted and are no failures.
With 5,000 pictures or more it is measured once which edited copies of them are known again (see "eidetic calibrate").
Exit code 1 means that some files failed ("eidetic failures" lists them), 9 that something was away.`,
    )
    .action(async (paths: string[], flags: IndexFlags, command: Command) => {
      const list = await listedFiles(flags);
      await explainExclude(flags, async () =>
        withLibrary(
          command,
          async (library) => {
            if (flags.beginAnew) {
              await runTakeUploadsBack(library);
            }
            const summary = await runIndex(library, {
              roots: paths,
              listed: list.paths,
              listedNames: list.rawPaths,
              rules: rulesOf(flags),
              acceptRules: flags.acceptRules === true,
              force: flags.force === true,
              allowEmpty: flags.allowEmpty === true,
            });
            await (flags.json ? printJson(summary) : printLines(describeSummary(summary)));
            await calibrateAfterRun(library, summary);
          },
          {
            mayCreate: await mayCreate(configOf(command), paths, list.paths.length + list.rawPaths.length),
            mayBeginAnew: flags.beginAnew === true,
          },
        ),
      );
    });
}

async function listedFiles(flags: IndexFlags): Promise<FileList> {
  if (flags.filesFrom !== undefined) {
    return readFileList(flags.filesFrom, flags.null === true);
  }
  if (flags.null) {
    throw new EideticError('INVALID_INPUT', 'Found -0 without a list that it is about; add --files-from.');
  }
  return { paths: [], rawPaths: [] };
}
