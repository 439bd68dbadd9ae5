import type { NewDecision } from '../domain/decision.ts';

/**
 * The earlier one first; of the same moment, in an order that depends on nothing but what they say, so that all libraries
 * that have both agree which of them came last.
 */
export function compareDecisions(a: NewDecision, b: NewDecision): number {
  return compareTexts(a.decidedAt, b.decidedAt) || compareTexts(contentOf(a), contentOf(b));
}

/** The same for the same decision in every library: who said what of which bytes, and when. */
export function contentOf({ kind, pictures, decidedBy, decidedAt, note }: NewDecision): string {
  const hashes = pictures.map(({ contentHash }) => contentHash).sort();
  return JSON.stringify([decidedAt, kind, decidedBy, note, hashes]);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
