import type { PlannedAction } from '../curation/plan.ts';
import type { StepOfJournal } from './journal-state.ts';
import { Refusal } from './refusal.ts';

/**
 * Whether an action was done by a run before, and not taken back since.
 * @param known what the journal has under its number
 * @throws Refusal when its line says something else by now than what was done
 */
export function isDoneBefore(
  { action, to, drop, keep }: PlannedAction,
  known: StepOfJournal | undefined,
): boolean {
  if (known === undefined || (known.state !== 'done' && known.state !== 'stays')) {
    return false;
  }
  const { step } = known;
  const isSame =
    step.from === drop.path &&
    step.keep === keep.path &&
    step.action === action &&
    (action !== 'move' || step.to === to);
  if (!isSame) {
    const where = step.action === 'move' ? ` to ${step.to}` : '';
    throw new Refusal(
      `its line was changed after it was done: then it was "${step.action}" of ${step.from}${where} for ${step.keep}; "eidetic undo" with this plan takes that back, or make a new plan`,
    );
  }
  return true;
}
