import type { FailureCode } from '../domain/failure.ts';
import type { FileLedger } from '../domain/file-ledger.ts';
import { type FailureFilter, failuresThat } from './list-failures.ts';

/** How many files failed for one reason. */
export interface CountedFailures {
  readonly code: FailureCode;
  readonly failures: number;
  /** Of these, how many the next run tries again whether or not their file has changed. */
  readonly inNextRun: number;
}

/** Counts the failures that are wanted by their reason, the most frequent first. */
export async function countFailures(
  files: Pick<FileLedger, 'failures'>,
  wanted: FailureFilter,
  signal: AbortSignal,
): Promise<CountedFailures[]> {
  const counted = new Map<FailureCode, { failures: number; inNextRun: number }>();
  for await (const { code, retry } of failuresThat(files, wanted, signal)) {
    const count = counted.get(code) ?? { failures: 0, inNextRun: 0 };
    count.failures++;
    count.inNextRun += retry === 'next-run' ? 1 : 0;
    counted.set(code, count);
  }
  return [...counted]
    .map(([code, count]) => ({ code, ...count }))
    .sort((a, b) => b.failures - a.failures || (a.code < b.code ? -1 : 1));
}
