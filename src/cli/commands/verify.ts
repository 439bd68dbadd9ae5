import { Command, Option } from 'commander';
import { type LibraryVerification, verifyLibrary } from '../../engine/verify-library.ts';
import type { FoundFile } from '../../verify/verify-files.ts';
import { EXIT_INCOMPLETE, EXIT_INTERRUPTED, EXIT_SOME_FAILED } from '../exit-codes.ts';
import { withLibrary } from '../global-options.ts';
import { collected, parsePath } from '../parse-option.ts';
import { parseRate } from '../parse-rate.ts';
import { printLines } from '../print.ts';
import { StreamedJson } from '../streamed-json.ts';
import { foundLines, verifyLines } from '../verify-text.ts';
import { withProgress } from '../with-progress.ts';

interface VerifyFlags {
  readonly rate?: number;
  readonly beginAnew?: boolean;
  readonly json?: boolean;
}

export function verifyCommand(): Command {
  return new Command('verify')
    .description('reads files again and tells which have other bytes though nobody wrote to them (bit rot)')
    .argument(
      '[folders...]',
      'only files at or below these; all that the library knows',
      collected(parsePath),
    )
    .addOption(
      new Option(
        '--rate <bytes>',
        'read so much a second at most, such as 50MB; else as fast as it goes',
      ).argParser(parseRate),
    )
    .option('--begin-anew', 'read everything, also what a run that was stopped has read')
    .option('--json', 'print {files, summary} as JSON: files that are not sound')
    .addHelpText(
      'after',
      `
Examples:
  eidetic verify
  eidetic verify ~/Archive --rate 50MB
  eidetic verify /media/backup --json > verified.json

Every file that holds a picture is read in the order of paths, and its bytes are compared with those that were indexed:
  sound       they are the same
  rotten      they are others, and size and times say that nobody wrote to the file. Its good copies are named: files of
              the same bytes, image data or pixels, and known copies, each read just now. It is kept as a failure beside
              its picture (see "eidetic failures") until it is restored and indexed
  unreadable  it is there and cannot be read: a disk that reports an error is a rot of its own
  changed     somebody wrote to it, so it is no rot; "eidetic index" takes it as it is now
  away        it is not there at the moment, and stays in the library
A run that was stopped or killed goes on where it was, one for each choice of folders; what was not sound is read again.
Files that are indexed meanwhile may be left to the next run. What the system keeps in memory is not read from the disk:
mount a drive anew to be sure. Nothing but failures is written, and a library that cannot be written to is verified too.
Exit code 1: something is rotten or unreadable; else 9: something was away or has changed; 130: stopped.`,
    )
    .action(async (folders: readonly string[], flags: VerifyFlags, command: Command) => {
      const json = flags.json ? new StreamedJson() : null;
      const report = await withProgress((told, signal) =>
        withLibrary(command, (library) =>
          verifyLibrary(
            library,
            {
              named: folders,
              bytesPerSecond: flags.rate ?? Number.POSITIVE_INFINITY,
              isAnew: flags.beginAnew === true,
            },
            {
              async onFound(file) {
                told.clear();
                await (json === null ? printLines(foundLines(file)) : json.add(foundJson(file)));
              },
              onProgress: (progress) => told.update({ label: 'Verifying', ...progress }),
            },
            signal,
          ),
        ),
      );
      await (json === null ? printLines(verifyLines(report)) : json.end(report));
      process.exitCode = exitCodeOf(report);
    });
}

function foundJson({ path, kind, ...file }: FoundFile): object {
  const { stamp: _, ...rest } = { stamp: null, ...file };
  return { path, verdict: kind, ...rest };
}

function exitCodeOf({ isStopped, rotten, unreadable, changed, away }: LibraryVerification): number {
  if (isStopped) {
    return EXIT_INTERRUPTED;
  }
  if (rotten + unreadable > 0) {
    return EXIT_SOME_FAILED;
  }
  return changed + away > 0 ? EXIT_INCOMPLETE : 0;
}
