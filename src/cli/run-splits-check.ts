import type { Command } from 'commander';
import { BY_RULE, type NamedWish, wishOf } from '../copies/choose-copies.ts';
import { EideticError } from '../domain/errors.ts';
import { checkSplits, type NamedSplit, type SplitsCheck } from '../engine/check-splits.ts';
import { EXIT_FOUND, EXIT_INCOMPLETE, EXIT_SOME_FAILED } from './exit-codes.ts';
import { say, withLibrary } from './global-options.ts';
import type { JunitReport } from './junit-report.ts';
import { count, printJson, printLines } from './print.ts';
import { REPORT_STEPS } from './report-steps.ts';
import { countGaps } from './split-gaps-text.ts';
import { splitCases } from './splits-junit.ts';
import { splitsLines } from './splits-text.ts';
import { withProgress } from './with-progress.ts';
import { writeNewFile } from './write-new-file.ts';

export interface SplitsFlags extends NamedWish {
  readonly clean?: string;
  readonly null?: boolean;
  readonly json?: boolean;
}

/**
 * Looks for leaks over the splits of a data set and prints them.
 * @returns what the process ends with
 */
export async function runSplitsCheck(
  splits: readonly NamedSplit[],
  flags: SplitsFlags,
  junit: JunitReport | null,
  command: Command,
): Promise<number> {
  requireNames(splits);
  const wish = wishOf(flags) ?? BY_RULE;
  const check = await withProgress((told, signal) =>
    withLibrary(command, (library) =>
      checkSplits(
        library,
        splits,
        wish,
        ({ step, done, total }) => told.update({ label: REPORT_STEPS[step], done, total, failed: 0 }),
        signal,
      ),
    ),
  );
  await (flags.json ? printJson({ ...check, summary: summaryOf(check) }) : printLines(splitsLines(check)));
  if (junit !== null) {
    for (const one of splitCases(check)) {
      junit.add(one);
    }
    await junit.write();
  }
  if (flags.clean !== undefined) {
    await writeNewFile(flags.clean, listOf(check.drop, flags.null ? '\0' : '\n'));
    say(cleanWords(flags.clean, check));
  }
  return exitCodeOf(check);
}

/** @throws EideticError INVALID_INPUT */
function requireNames(splits: readonly NamedSplit[]): void {
  const names = splits.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new EideticError('INVALID_INPUT', `Found two splits called ${twice}, expected a name for each.`);
  }
  if (names.length < 2) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found the split ${names[0]} alone, expected two or more, such as train=data/train test=data/test.`,
    );
  }
}

/** @throws EideticError INVALID_INPUT for a path that would be two in a list of lines */
function listOf(paths: readonly string[], end: '\n' | '\0'): Uint8Array {
  const broken = paths.find((path) => path.includes(end));
  if (broken !== undefined) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found a line break in the name ${broken}, which a list of lines cannot tell; add -0 to end each path by a NUL byte.`,
    );
  }
  return Buffer.from(paths.map((path) => path + end).join(''));
}

function cleanWords(list: string, { drop, splits, absentFiles }: SplitsCheck): string {
  const unknown = countGaps(splits) + absentFiles;
  return unknown === 0
    ? `Wrote ${list}: ${count(drop.length, 'file')}.`
    : `Wrote ${list}: ${count(drop.length, 'file')}; it says nothing of ${count(unknown, 'file')} that could not be compared, which may leak as well.`;
}

function summaryOf({ leaks, labelConflicts, possibleLeaks, drop, splits }: SplitsCheck): object {
  return {
    leftOut: countGaps(splits),
    leaks: leaks.length,
    labelConflicts: labelConflicts?.length ?? 0,
    possibleLeaks: possibleLeaks.length,
    drop: drop.length,
  };
}

function exitCodeOf({ leaks, labelConflicts, ...check }: SplitsCheck): number {
  if (leaks.length + (labelConflicts?.length ?? 0) > 0) {
    return EXIT_FOUND;
  }
  if (check.splits.some(({ leftOut }) => leftOut.counts.failed > 0)) {
    return EXIT_SOME_FAILED;
  }
  const unseen = check.unknown + check.unreachable + check.absentFiles + countGaps(check.splits);
  return unseen > 0 ? EXIT_INCOMPLETE : 0;
}
