import { EideticError } from '../domain/errors.ts';
import { type FileFailure, failureOf, unseenStamp } from '../domain/failure.ts';
import type { FileLedger } from '../domain/file-ledger.ts';
import { inBatches } from './in-batches.ts';
import type { IndexPlan, ScanFailure } from './index-plan.ts';

/** Changes in one transaction: none of them is dear, and another process must not wait long. */
const BATCH = 1_000;

/**
 * Commits what the scan alone found out: what could not be looked at, and what the catalog did not know of files.
 * @param onFailure told of each thing that could not be looked at
 */
export async function commitScan(
  files: Pick<FileLedger, 'commit'>,
  plan: IndexPlan,
  onFailure: (failure: FileFailure) => void,
): Promise<void> {
  // Before the failures: what was mended at one path may have failed there again.
  for await (const removed of inBatches(plan.mended, BATCH)) {
    await files.commit({ files: [], failures: [], removed });
  }
  for await (const failed of inBatches(plan.failures, BATCH)) {
    const failures = failed.map((failure) => toFailure(failure, plan));
    await files.commit({ files: [], failures, removed: [] });
    failures.forEach(onFailure);
  }
  for await (const restamped of inBatches(plan.restamped, BATCH)) {
    await files.commit({ files: [], failures: [], restamped, removed: [] });
  }
}

function toFailure({ path, rawPath, code, message, retry }: ScanFailure, plan: IndexPlan): FileFailure {
  return failureOf(unseenStamp(path), new EideticError(code, message), {
    retry,
    conditions: plan.conditionsOf(path),
    rawPath: rawPath === null ? null : Buffer.from(rawPath, 'hex'),
  });
}
