import { Command, Option } from 'commander';
import { toDecisionLine } from '../../curation/decision-line.ts';
import { type DescribedDecision, describeDecisions } from '../../engine/describe-decisions.ts';
import { allDecisions } from '../../engine/library-decisions.ts';
import { mergeLibraryDecisions } from '../../engine/merge-library-decisions.ts';
import { decisionLines, mergedLines } from '../decision-text.ts';
import { say, withLibrary } from '../global-options.ts';
import { collected, parsePath } from '../parse-option.ts';
import { count, printJson, printJsonLine, printLines, printPieces } from '../print.ts';
import { writeNewFile } from '../write-new-file.ts';

export function decisionsCommand(): Command {
  const decisions = new Command('decisions').description(
    'what was decided of pictures with "eidetic decide"',
  );
  decisions
    .command('list', { isDefault: true })
    .description('every decision, the newest first, with the files that it is about')
    .addOption(new Option('--json', 'print them as JSON').conflicts('jsonl'))
    .option('--jsonl', 'print one as JSON a line')
    .action(list);
  decisions
    .command('export')
    .description('write them as JSON, one a line, for a backup or another library')
    .argument('[file]', 'where to; it must not be there yet (default: print them)', parsePath)
    .action(exportAll);
  decisions
    .command('merge')
    .description('take over what was decided in other libraries; all of it, or nothing')
    .argument('<files...>', 'what "eidetic decisions export" has written', collected(parsePath))
    .option('--json', 'print {added, known, conflicts} as JSON')
    .addHelpText(
      'after',
      `
Of decisions about the same pictures the last one holds, by the time at which it was made. Where they do not go together, both
are listed. Merging the same file again changes nothing.`,
    )
    .action(merge);
  return decisions;
}

async function list(flags: { json?: boolean; jsonl?: boolean }, command: Command): Promise<void> {
  await withLibrary(command, async ({ catalog }) => {
    const all: DescribedDecision[] = [];
    let listed = 0;
    for await (const decision of describeDecisions(catalog)) {
      listed++;
      if (flags.json) {
        all.push(decision);
      } else {
        await (flags.jsonl ? printJsonLine(decision) : printLines(decisionLines(decision)));
      }
    }
    if (flags.json) {
      await printJson(all);
      return;
    }
    if (listed === 0 && !flags.jsonl) {
      await printLines(['Nothing was decided yet; see "eidetic decide --help".']);
    }
  });
}

async function exportAll(file: string | undefined, _flags: object, command: Command): Promise<void> {
  const all = await withLibrary(command, ({ catalog }) => allDecisions(catalog));
  const lines = all.map((decision) => `${toDecisionLine(decision)}\n`);
  if (file === undefined) {
    await printPieces(lines);
    return;
  }
  await writeNewFile(file, Buffer.from(lines.join('')));
  say(`${count(all.length, 'decision')} written to ${file}.`);
}

async function merge(files: readonly string[], flags: { json?: boolean }, command: Command): Promise<void> {
  const merged = await withLibrary(command, (library) => mergeLibraryDecisions(library, files));
  if (flags.json) {
    await printJson({ ...merged, added: merged.added.length });
  } else {
    await printLines(mergedLines(merged));
  }
}
