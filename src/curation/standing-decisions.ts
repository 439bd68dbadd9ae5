import type { NewDecision } from '../domain/decision.ts';
import { decidedSets } from './decided-sets.ts';
import { compareDecisions } from './decision-order.ts';

/**
 * The decisions that stand: of every set of pictures the latest, unless that takes back what was said.
 * @param decisions in any order
 * @returns the earlier first: of two pictures that holds which is the last to have both
 */
export function standingDecisions<Said extends NewDecision>(decisions: readonly Said[]): Said[] {
  const setOf = decidedSets(decisions);
  const latest = new Map<string, Said>();
  for (const decision of decisions.toSorted(compareDecisions)) {
    latest.set(setOf(decision), decision);
  }
  return [...latest.values()].filter(({ kind }) => kind !== 'undecided').sort(compareDecisions);
}
