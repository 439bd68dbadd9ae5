import { notIndexedAs } from '../domain/failure.ts';
import type { KnownFile } from '../domain/file-ledger.ts';
import type { FileStamp } from '../domain/picture.ts';
import { compareFile, filledStamp } from './compare-file.ts';
import type { IndexPlan } from './index-plan.ts';
import type { PlanContext } from './plan-context.ts';

/**
 * Plans what is to be done with a file that is there.
 * @returns a promise only when something is to be waited for: nearly all files of a library are unchanged, and waiting
 *   for nothing takes longer than comparing them
 */
export function planFile(
  { plan, request }: PlanContext,
  stamp: FileStamp,
  known: KnownFile | null,
): Promise<void> | undefined {
  // Only what failed asks for them.
  const conditions = known?.failure ? plan.conditionsOf(stamp.path) : '';
  const indexed = known?.indexed ?? null;
  switch (compareFile(stamp, known, { force: request.force, conditions })) {
    case 'pending':
      return plan.pending.add({
        stamp,
        known: indexed === null ? null : { stamp: indexed.stamp, pictureId: indexed.pictureId },
        isNew: known === null,
      });
    case 'not indexed':
      noteNotIndexed(plan, stamp, known);
      return undefined;
    case 'unchanged':
      plan.unchanged++;
      return addRestamped(plan, stamp, indexed?.stamp ?? stamp);
  }
}

/** A file that was not indexed before, and has not changed. */
function noteNotIndexed(plan: IndexPlan, { path }: FileStamp, known: KnownFile | null): void {
  const kind = known?.failure ? notIndexedAs(known.failure) : 'failed';
  if (kind === 'failed') {
    plan.stillFailed++;
  } else {
    plan.stillLeftOut++;
    plan.leftOut[kind].add(path);
  }
}

function addRestamped(plan: IndexPlan, stamp: FileStamp, known: FileStamp): Promise<void> | undefined {
  const filled = filledStamp(stamp, known);
  return filled === null ? undefined : plan.restamped.add(filled);
}
