import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Command, Option } from 'commander';
import { summarizePlan } from '../../apply/summarize-plan.ts';
import { EideticError } from '../../domain/errors.ts';
import { applyLibraryPlan } from '../../engine/carry-out-plan.ts';
import { reportLines, summaryLines } from '../apply-text.ts';
import { EXIT_INCOMPLETE, EXIT_INTERRUPTED } from '../exit-codes.ts';
import { say, withLibrary } from '../global-options.ts';
import { collected, parsePath } from '../parse-option.ts';
import { printJson, printLines } from '../print.ts';
import { withProgress } from '../with-progress.ts';

interface ApplyFlags {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly protect?: readonly string[];
  readonly keepMetadata?: boolean;
  readonly json?: boolean;
}

export function applyCommand(): Command {
  return new Command('apply')
    .description('carries out a plan: drops the files that it names, into the trash or wherever it says')
    .argument('<plan>', 'a plan of "eidetic plan"', parsePath)
    .option('--yes', 'do not ask')
    .addOption(new Option('--dry-run', 'look at every file, and do nothing').conflicts('yes'))
    .option('--protect <folder>', 'drop nothing in this folder; may be given again', collected(parsePath))
    .option(
      '--keep-metadata',
      'write date, camera and place of a dropped picture that the one that stays lacks into an XMP sidecar beside that',
    )
    .option('--json', 'print what was done and what was left as JSON')
    .addHelpText(
      'after',
      `
Examples:
  eidetic plan --copies --out plan.jsonl
  eidetic apply plan.jsonl --dry-run
  eidetic apply plan.jsonl
  eidetic undo

Just before a file is dropped, it and the file that stays are read once more: what has changed since the plan was made, is
gone, is a link by now, or lies in a protected folder or in none of this library is left as it is and named, and the rest
goes on. Lines may be taken out of a plan. Everything is written into a journal in the library before it is done: a run
that was stopped or killed goes on where it was, and "eidetic undo" takes back all but what was deleted for good.
Files go to the trash of their own volume, as file managers know it. The library knows at once what is gone, and after an
undo what is back.
Exit code 9: something was left.`,
    )
    .action(async (plan: string, flags: ApplyFlags, command: Command) => {
      const path = resolve(plan);
      const summary = await summarizePlan(path);
      if (!flags.json) {
        await printLines(summaryLines(summary));
      }
      if (summary.total > 0 && !flags.dryRun && !flags.yes && !(await isMeant())) {
        say('Nothing was done.');
        return;
      }
      const report = await withProgress((told, signal) =>
        withLibrary(command, (library) =>
          applyLibraryPlan(
            library,
            path,
            {
              protected: flags.protect ?? [],
              keepsMetadata: flags.keepMetadata === true,
              isRehearsal: flags.dryRun === true,
            },
            (progress) => told.update({ label: 'Applying', total: summary.total, ...progress }),
            signal,
          ),
        ),
      );
      await (flags.json
        ? printJson(report)
        : printLines(reportLines(report, summary.total, flags.dryRun === true)));
      process.exitCode = report.isStopped ? EXIT_INTERRUPTED : report.left.length > 0 ? EXIT_INCOMPLETE : 0;
    });
}

/** Asks a person. @throws EideticError INVALID_INPUT where nobody can answer */
async function isMeant(): Promise<boolean> {
  if (process.stdin.isTTY !== true) {
    throw new EideticError(
      'INVALID_INPUT',
      'Found nobody to ask whether this plan is meant (stdin is no terminal); add --yes to do it, or --dry-run to look only.',
    );
  }
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await asking.question('Do this? [y/N] ')).trim());
  } finally {
    asking.close();
  }
}
