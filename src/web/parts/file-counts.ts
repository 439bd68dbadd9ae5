import type { LibraryAnswer } from '../../client/eidetic-client.ts';

const NAMES = ['files', 'failures', 'unsupported', 'others', 'failedSince'] as const;

/** What was counted of a library, or of one of its folders. */
export type FileCounts = Pick<LibraryAnswer, (typeof NAMES)[number]>;

/** How many files were looked at, each counted once. */
export function filesTogether({ files, failures, unsupported, others, failedSince }: FileCounts): number {
  return files + failures + unsupported + others - failedSince;
}

/** What a library has beside its folders. Counts that were taken while a run went on may not fit: never below 0. */
export function countsBeside(whole: FileCounts, folders: readonly FileCounts[]): FileCounts {
  const rest = NAMES.map((name) => [
    name,
    Math.max(
      0,
      folders.reduce((left, folder) => left - folder[name], whole[name]),
    ),
  ]);
  return Object.fromEntries(rest) as FileCounts;
}
