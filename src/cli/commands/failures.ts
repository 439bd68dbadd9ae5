import { Command } from 'commander';
import { type FileFailure, readablePath } from '../../domain/failure.ts';
import { withLibrary } from '../global-options.ts';
import { count, printJson, printJsonLine } from '../print.ts';
import { shorten } from '../print-hits.ts';

export function failuresCommand(): Command {
  return new Command('failures')
    .description('the files that could not be indexed, and why')
    .option('--json', 'print an array of {path, code, message, …} as JSON')
    .option('--jsonl', 'print one as JSON a line')
    .addHelpText(
      'after',
      `
A file that failed is tried again when it has changed, or when limits, rules or decoders have; one whose cause may lie
elsewhere (permission, device, memory, time), in every run; all of them with "eidetic index --force".
In a name that is not UTF-8, \\xNN stands for each byte that is not; pathBase64 has its bytes.`,
    )
    .action(async (flags: { json?: boolean; jsonl?: boolean }, command: Command) => {
      await withLibrary(command, async ({ catalog }) => {
        if (flags.jsonl) {
          for await (const failure of catalog.files.failures()) {
            printJsonLine(failureToJson(failure));
          }
          return;
        }
        const failures: FileFailure[] = [];
        for await (const failure of catalog.files.failures()) {
          failures.push(failure);
        }
        if (flags.json) {
          printJson(failures.map(failureToJson));
        } else {
          process.stdout.write(`${describe(failures)}\n`);
        }
      });
    });
}

/** A path that is not UTF-8 is shown readably, with its bytes beside it. */
function failureToJson(failure: FileFailure) {
  const { stamp, rawPath, code, message, failedAt, retry } = failure;
  const { sizeBytes, modifiedMs } = stamp;
  const bytes = rawPath === null ? {} : { pathBase64: Buffer.from(rawPath).toString('base64') };
  return { path: readablePath(failure), ...bytes, sizeBytes, modifiedMs, code, message, failedAt, retry };
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
  const lines = failures.map(
    (failure) => `${shorten(readablePath(failure))}\n    ${failure.code}: ${failure.message}`,
  );
  return [...lines, '', `${count(failures.length, 'file')} failed: ${totals}.`].join('\n');
}
