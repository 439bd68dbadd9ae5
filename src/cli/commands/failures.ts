import { Command } from 'commander';
import type { FileFailure } from '../../domain/failure.ts';
import { withEngine } from '../global-options.ts';
import { count, printJson, printJsonLine } from '../print.ts';
import { shorten } from '../print-hits.ts';

export function failuresCommand(): Command {
  return new Command('failures')
    .description('the files that could not be indexed, and why')
    .option('--json', 'print an array of {path, code, message, …} as JSON')
    .option('--jsonl', 'print one as JSON a line')
    .addHelpText(
      'after',
      '\nA file that failed is tried again when it has changed, or with "eidetic index --force".',
    )
    .action(async (flags: { json?: boolean; jsonl?: boolean }, command: Command) => {
      await withEngine(command, async ({ catalog }) => {
        if (flags.jsonl) {
          for await (const failure of catalog.failures()) {
            printJsonLine(failure);
          }
          return;
        }
        const failures: FileFailure[] = [];
        for await (const failure of catalog.failures()) {
          failures.push(failure);
        }
        if (flags.json) {
          printJson(failures);
        } else {
          process.stdout.write(`${describe(failures)}\n`);
        }
      });
    });
}

function describe(failures: readonly FileFailure[]): string {
  if (failures.length === 0) {
    return 'No file has failed.';
  }
  const byCode = new Map<string, number>();
  for (const { code } of failures) {
    byCode.set(code, (byCode.get(code) ?? 0) + 1);
  }
  const totals = [...byCode].map(([code, n]) => `${n.toLocaleString('en')} ${code}`).join(', ');
  const lines = failures.map(({ path, code, message }) => `${shorten(path)}\n    ${code}: ${message}`);
  return [...lines, '', `${count(failures.length, 'file')} failed: ${totals}.`].join('\n');
}
