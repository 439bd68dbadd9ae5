import type { CheckedFile, CheckedMatch, CheckedPicture } from '../engine/check-files.ts';
import { EXIT_FOUND, EXIT_INCOMPLETE, EXIT_SOME_FAILED } from './exit-codes.ts';

/** How many files came to what; `files` is the sum of the six that follow it. */
export interface CheckCounts {
  readonly files: number;
  readonly copies: number;
  readonly unsure: number;
  readonly new: number;
  /** Files of the library themselves, with no copy elsewhere. */
  readonly own: number;
  readonly failed: number;
  readonly other: number;
  /** Of the copies: those of files alone that are not there now as they were indexed. */
  readonly absentCopies: number;
  /** Pairs of pictures that were laid over each other, and that could not be. */
  readonly lookedAt: number;
  readonly unknown: number;
}

export const NONE_CHECKED: CheckCounts = {
  ...{ files: 0, copies: 0, unsure: 0, new: 0, own: 0, failed: 0, other: 0 },
  ...{ absentCopies: 0, lookedAt: 0, unknown: 0 },
};

const COUNTED_AS = {
  ...{ copy: 'copies', unsure: 'unsure', new: 'new', own: 'own', failed: 'failed', other: 'other' },
} as const satisfies Record<CheckedFile['kind'], keyof CheckCounts>;

/** The counts with one file more. */
export function countChecked(counts: CheckCounts, file: CheckedFile): CheckCounts {
  const as = COUNTED_AS[file.kind];
  const counted = { ...counts, files: counts.files + 1, [as]: counts[as] + 1 };
  if (!('matches' in file)) {
    return counted;
  }
  return {
    ...counted,
    absentCopies: counts.absentCopies + (isAbsentCopy(file) ? 1 : 0),
    lookedAt: counts.lookedAt + file.lookedAt,
    unknown: counts.unknown + file.unknown,
  };
}

/** The matches that make a picture a copy, the best first. */
export function copiesAmong({ matches }: Pick<CheckedPicture, 'matches'>): CheckedMatch[] {
  return matches.filter(({ relation }) => relation !== 'unsure' && relation !== 'burst');
}

/** Whether it is a copy of files alone that are not there now as they were indexed. */
export function isAbsentCopy(file: CheckedFile): boolean {
  return file.kind === 'copy' && copiesAmong(file).every(({ look }) => look !== 'there');
}

/** What the process ends with: found goes before failed, failed before what nobody could look at. */
export function exitCodeOf({ copies, failed, unknown }: CheckCounts): number {
  if (copies > 0) {
    return EXIT_FOUND;
  }
  return failed > 0 ? EXIT_SOME_FAILED : unknown > 0 ? EXIT_INCOMPLETE : 0;
}
