import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { readPlan } from '../../curation/read-plan.ts';
import { EideticError } from '../../domain/errors.ts';
import { undoLibraryPlan } from '../../engine/carry-out-plan.ts';
import type { Library } from '../../engine/library.ts';
import { journalOf, type KnownJournal, libraryJournals } from '../../engine/library-journals.ts';
import { undoneLines } from '../apply-text.ts';
import { EXIT_INCOMPLETE, EXIT_INTERRUPTED, EXIT_SOME_FAILED } from '../exit-codes.ts';
import { withLibrary } from '../global-options.ts';
import { journalLine } from '../journal-line.ts';
import { parsePath } from '../parse-option.ts';
import { printJson, printLines } from '../print.ts';
import { withProgress } from '../with-progress.ts';

interface UndoFlags {
  readonly list?: boolean;
  readonly json?: boolean;
}

export function undoCommand(): Command {
  return new Command('undo')
    .description('takes back what "eidetic apply" did last')
    .argument('[plan]', 'the plan to take back, when it is not the last one', parsePath)
    .addOption(
      new Option(
        '--list',
        'list what was applied in this library, and how much of it can be taken back',
      ).conflicts('json'),
    )
    .option('--json', 'print what was taken back and what was not as JSON')
    .addHelpText(
      'after',
      `
Examples:
  eidetic undo
  eidetic undo plan.jsonl
  eidetic undo --list

Files go back in the reverse order, each only when it is whole and nothing else is at its place by now; what cannot be taken
back is named, and can be tried again. What was deleted for good stays deleted. Folders get the times back that they had.
Exit code 9: something was not taken back; 1, with --list: a journal is damaged.`,
    )
    .action(async (plan: string | undefined, flags: UndoFlags, command: Command) => {
      if (flags.list) {
        await withLibrary(command, listJournals);
        return;
      }
      const report = await withProgress((told, signal) =>
        withLibrary(command, async (library) => {
          const journal = await chooseJournal(library, plan);
          const total = journal.state.inState('done', 'stays').length;
          const tell = (progress: { readonly done: number; readonly failed: number }) =>
            told.update({ label: 'Taking back', total, ...progress });
          return undoLibraryPlan(library, journal, tell, signal);
        }),
      );
      await (flags.json ? printJson(report) : printLines(undoneLines(report)));
      process.exitCode = report.isStopped ? EXIT_INTERRUPTED : report.left.length > 0 ? EXIT_INCOMPLETE : 0;
    });
}

async function listJournals(library: Library): Promise<void> {
  let listed = 0;
  for await (const { path, state } of libraryJournals(library)) {
    listed++;
    if (state === null) {
      process.exitCode = EXIT_SOME_FAILED;
    }
    await printLines([state === null ? `damaged: ${path}` : journalLine(state)]);
  }
  if (listed === 0) {
    await printLines(['Nothing was applied in this library.']);
  }
}

/** @throws EideticError NOT_FOUND; INVALID_INPUT for a journal that is damaged, unless another plan is named */
async function chooseJournal(library: Library, plan: string | undefined): Promise<KnownJournal> {
  if (plan !== undefined) {
    const { header, actions } = await readPlan(resolve(plan));
    await actions[Symbol.asyncIterator]().return?.();
    const named = await journalOf(library, header.planId);
    if (named === null) {
      throw new EideticError(
        'NOT_FOUND',
        `The plan ${plan} was not applied in this library; see "eidetic undo --list".`,
      );
    }
    return named;
  }
  let stayed: KnownJournal | null = null;
  for await (const journal of libraryJournals(library)) {
    if (journal.state === null) {
      throw journal.problem;
    }
    if (journal.state.isToBeUndone) {
      return journal;
    }
    stayed ??= journal.state.mayComeBack ? journal : null;
  }
  if (stayed !== null) {
    return stayed;
  }
  throw new EideticError(
    'NOT_FOUND',
    'Nothing is there to be taken back: no plan was applied in this library, or all of it that can be taken back was; see "eidetic undo --list".',
  );
}
