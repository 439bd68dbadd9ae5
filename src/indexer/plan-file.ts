import type { KnownFile } from '../domain/file-ledger.ts';
import type { FileStamp } from '../domain/picture.ts';
import { compareFile, filledStamp } from './compare-file.ts';
import type { IndexPlan } from './index-plan.ts';
import type { PlanContext } from './plan-context.ts';

/** Plans what is to be done with a file that is there. */
export async function planFile(
  { plan, request }: PlanContext,
  stamp: FileStamp,
  known: KnownFile | null,
): Promise<void> {
  // Only what failed asks for them.
  const conditions = known?.failure ? plan.conditionsOf(stamp.path) : '';
  const indexed = known?.indexed ?? null;
  switch (compareFile(stamp, known, { force: request.force, conditions })) {
    case 'pending':
      await plan.pending.add({
        stamp,
        known: indexed === null ? null : { stamp: indexed.stamp, pictureId: indexed.pictureId },
        isNew: known === null,
      });
      break;
    case 'failed':
      plan.stillFailed++;
      break;
    case 'unchanged':
      plan.unchanged++;
      await addRestamped(plan, stamp, indexed?.stamp ?? stamp);
  }
}

async function addRestamped(plan: IndexPlan, stamp: FileStamp, known: FileStamp): Promise<void> {
  const filled = filledStamp(stamp, known);
  if (filled !== null) {
    await plan.restamped.add(filled);
  }
}
