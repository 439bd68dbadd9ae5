import { Command } from 'commander';
import { describeSummary } from '../describe-summary.ts';
import { addLimitOptions, withLibrary } from '../global-options.ts';
import { printJson } from '../print.ts';
import { readFileList } from '../read-file-list.ts';
import { addRuleOptions, type RuleFlags, rulesOf } from '../rule-options.ts';
import { runIndex } from '../run-index.ts';

interface IndexFlags extends RuleFlags {
  readonly force?: boolean;
  readonly allowEmpty?: boolean;
  readonly filesFrom?: string;
  readonly null?: boolean;
  readonly json?: boolean;
}

export function indexCommand(): Command {
  return addLimitOptions(addRuleOptions(new Command('index')))
    .description('put the pictures of folders into the library, and bring it up to date with them')
    .argument('[paths...]', 'folders or files; none: the folders indexed before')
    .option('--files-from <file>', 'also the files listed there, one a line; - for stdin')
    .option('-0, --null', 'the list is separated by NUL bytes')
    .option('--force', 'read and embed again what looks unchanged')
    .option('--allow-empty', 'accept that a folder is gone or has lost all its files')
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
  eidetic index ~/Pictures /mnt/scans --exclude '*.xmp' 'trash/**'
  find /mnt -name '*.jpg' -print0 | eidetic index --files-from - -0

Running it again reads only what is new or has changed. It can be stopped at any time.
A folder keeps the rules it was given (--exclude, --hidden, --follow-symlinks) until others are.
What is away (a drive that is not mounted, a folder that cannot be listed) stays in the library.
Exit code 1 means that some files failed ("eidetic failures" lists them), 9 that something was away.`,
    )
    .action(async (paths: string[], flags: IndexFlags, command: Command) => {
      const { filesFrom } = flags;
      const list = filesFrom === undefined ? null : readFileList(filesFrom, flags.null === true);
      const summary = await withLibrary(
        command,
        (library) =>
          runIndex(library, {
            roots: paths,
            listed: list?.paths ?? [],
            listedNames: list?.rawPaths ?? [],
            rules: rulesOf(flags),
            acceptRules: flags.acceptRules === true,
            force: flags.force === true,
            allowEmpty: flags.allowEmpty === true,
          }),
        { mayCreate: true },
      );
      if (flags.json) {
        printJson(summary);
      } else {
        process.stdout.write(`${describeSummary(summary).join('\n')}\n`);
      }
    });
}
