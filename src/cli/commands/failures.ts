import { Command, Option } from 'commander';
import type { FileFailure } from '../../domain/failure.ts';
import { withLibrary } from '../global-options.ts';
import { count, printJson, printJsonLine, printLines } from '../print.ts';
import { shorten } from '../print-hits.ts';

export function failuresCommand(): Command {
  return new Command('failures')
    .description('the files that could not be indexed, and why')
    .addOption(new Option('--json', 'print an array of {path, code, message, …} as JSON').conflicts('jsonl'))
    .option('--jsonl', 'print one as JSON a line')
    .addHelpText(
      'after',
      `
A file that failed is tried again when it has changed, or when limits, rules or decoders have; one whose cause may lie
elsewhere (permission, device, memory, time), in every run; all of them with "eidetic index --force".`,
    )
    .action(async (flags: { json?: boolean; jsonl?: boolean }, command: Command) => {
      await withLibrary(command, async ({ catalog }) => {
        if (flags.jsonl) {
          for await (const failure of catalog.files.failures()) {
            await printJsonLine(failureToJson(failure));
          }
          return;
        }
        const failures: FileFailure[] = [];
        for await (const failure of catalog.files.failures()) {
          failures.push(failure);
        }
        if (flags.json) {
          await printJson(failures.map(failureToJson));
        } else {
          await printLines(describe(failures));
        }
      });
    });
}

function failureToJson({ stamp, code, message, failedAt, retry }: FileFailure) {
  const { path, sizeBytes, modifiedMs } = stamp;
  return { path, sizeBytes, modifiedMs, code, message, failedAt, retry };
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
  const lines = failures.map(({ stamp, code, message }) => `${shorten(stamp.path)}\n    ${code}: ${message}`);
  return [...lines, '', `${count(failures.length, 'file')} failed: ${totals}.`].join('\n');
}
