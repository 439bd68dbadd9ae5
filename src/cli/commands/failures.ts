import { Command, Option } from 'commander';
import { type FileFailure, notIndexedAs, readablePath } from '../../domain/failure.ts';
import type { FileLedger } from '../../domain/file-ledger.ts';
import { withLibrary } from '../global-options.ts';
import { count, printJson, printJsonLine, printLines } from '../print.ts';
import { shorten } from '../print-hits.ts';

interface FailuresFlags {
  readonly others?: boolean;
  readonly json?: boolean;
  readonly jsonl?: boolean;
}

export function failuresCommand(): Command {
  return new Command('failures')
    .description('the files that could not be indexed, and why')
    .option('--others', 'list the files that are no pictures instead, and what they are')
    .addOption(new Option('--json', 'print an array of {path, code, message, …} as JSON').conflicts('jsonl'))
    .option('--jsonl', 'print one as JSON a line')
    .addHelpText(
      'after',
      `
A file that failed is tried again when it has changed, or when limits, rules or decoders have; one whose cause may lie
elsewhere (permission, device, memory, time), in every run; all of them with "eidetic index --force".
Pictures in formats that Eidetic does not read (FORMAT_UNSUPPORTED: camera raw files, PSD, JPEG XL, ...) are listed too,
though they are no failures; files that are no pictures (sidecars, movies, documents) only with --others.
In a name that is not UTF-8, \\xNN stands for each byte that is not; pathBase64 has its bytes.`,
    )
    .action((flags: FailuresFlags, command: Command) =>
      withLibrary(command, ({ catalog }) => list(catalog.files, flags)),
    );
}

async function list(ledger: FileLedger, { others, json, jsonl }: FailuresFlags): Promise<void> {
  const files = others ? ledger.otherFiles() : ledger.failures();
  const all: FileFailure[] = [];
  for await (const failure of files) {
    if (jsonl) {
      await printJsonLine(failureToJson(failure));
    } else {
      all.push(failure);
    }
  }
  if (json) {
    await printJson(all.map(failureToJson));
  } else if (!jsonl) {
    await printLines(others ? describeOthers(all) : describe(all));
  }
}

/** A path that is not UTF-8 is shown readably, with its bytes beside it. */
function failureToJson(failure: FileFailure) {
  const { stamp, rawPath, code, message, failedAt, retry } = failure;
  const { sizeBytes, modifiedMs } = stamp;
  const bytes = rawPath === null ? {} : { pathBase64: Buffer.from(rawPath).toString('base64') };
  return { path: readablePath(failure), ...bytes, sizeBytes, modifiedMs, code, message, failedAt, retry };
}

function describe(failures: readonly FileFailure[]): string[] {
  const failed = failures.filter((failure) => notIndexedAs(failure) === 'failed');
  const unsupported = failures.filter((failure) => notIndexedAs(failure) === 'unsupported');
  const byCode = new Map<string, number>();
  for (const { code } of failed) {
    byCode.set(code, (byCode.get(code) ?? 0) + 1);
  }
  const totals = [...byCode].map(([code, n]) => `${n.toLocaleString('en')} ${code}`).join(', ');
  return [
    ...failed.flatMap((failure) => [
      shorten(readablePath(failure)),
      `    ${failure.code}: ${failure.message}`,
    ]),
    ...(failed.length > 0 ? [''] : []),
    ...byMessage(unsupported),
    failed.length === 0 ? 'No file has failed.' : `${count(failed.length, 'file')} failed: ${totals}.`,
    ...(unsupported.length > 0
      ? [
          `${count(unsupported.length, 'picture')} in formats that Eidetic does not read; none of them is in the library.`,
        ]
      : []),
  ];
}

/** A card of raw files says the same of each: it is said once. */
function byMessage(failures: readonly FileFailure[]): string[] {
  const paths = new Map<string, string[]>();
  for (const failure of failures) {
    const alike = paths.get(failure.message) ?? [];
    alike.push(`    ${shorten(readablePath(failure))}`);
    paths.set(failure.message, alike);
  }
  return [...paths].flatMap(([message, alike]) => [message, ...alike, '']);
}

function describeOthers(others: readonly FileFailure[]): string[] {
  return [
    ...others.map(
      ({ stamp, message }) =>
        `${shorten(stamp.path)}  (${message.replace(/^Found (.*), no picture\.$/, '$1')})`,
    ),
    others.length === 0 ? 'No other files were found.' : `${count(others.length, 'file')}, no pictures.`,
  ];
}
