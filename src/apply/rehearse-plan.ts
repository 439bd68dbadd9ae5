import { readPlan } from '../curation/read-plan.ts';
import { type ApplyParts, requireLibrary } from './apply-plan.ts';
import { type ApplyProgress, type ApplyReport, type LeftFile, noneOfEach } from './apply-report.ts';
import { isDoneBefore } from './is-done-before.ts';
import { journalPath, readJournal } from './journal.ts';
import { lookAtAction } from './look-at-action.ts';
import { prepareStep } from './prepare-step.ts';
import { Refusal, reasonOf } from './refusal.ts';
import { TrashPlaces } from './trash-places.ts';
import type { Sidecar } from './write-sidecar.ts';

/**
 * Looks at every file of a plan as {@link applyPlan} does, and does nothing.
 * @returns what would be done now
 * @throws EideticError INVALID_INPUT
 */
export async function rehearsePlan(
  plan: string,
  parts: ApplyParts,
  onProgress: (progress: ApplyProgress) => void,
  signal: AbortSignal,
): Promise<ApplyReport> {
  const { header, actions } = await readPlan(plan);
  requireLibrary(header, parts);
  const { library } = parts;
  const { planId } = header;
  const journal = journalPath(library, planId);
  const state = await readJournal(journal);
  const known = state?.steps;
  const isOurs = ({ path }: Sidecar) => state?.sidecars.has(path) === true;
  const places = { ...parts, protected: [...header.protected, ...parts.protected] };
  const trash = new TrashPlaces(parts.environment);
  const done = noneOfEach();
  const leftNumbers = new Set<number>();
  const left: LeftFile[] = [];
  let doneBefore = 0;
  let freedBytes = 0;
  let looked = 0;
  let isStopped = false;
  for await (const action of actions) {
    const { number, drop } = action;
    if (signal.aborted) {
      isStopped = true;
      break;
    }
    try {
      if (isDoneBefore(action, known?.get(number))) {
        doneBefore++;
      } else {
        if (action.companionOf !== null && leftNumbers.has(action.companionOf)) {
          throw new Refusal(`it goes with the picture of action ${action.companionOf}, which was left`);
        }
        const seen = await lookAtAction(action, places, new Map());
        await prepareStep(action, seen.drop, seen.keep, {
          library,
          planId,
          trash,
          sidecars: parts.sidecars,
          listing: parts.listing,
          isOurs,
        });
        done[action.action]++;
        freedBytes += action.freesBytes;
      }
    } catch (error) {
      leftNumbers.add(number);
      left.push({ number, path: drop.path, reason: reasonOf(error) });
    }
    onProgress({ done: ++looked, failed: left.length });
  }
  return { planId, journal, done, doneBefore, left, freedBytes, isStopped };
}
