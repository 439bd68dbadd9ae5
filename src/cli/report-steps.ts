import type { DuplicateProgress } from '../duplicates/find-duplicates.ts';

/** What is being done, for a person who waits for a report. */
export const REPORT_STEPS: Readonly<Record<DuplicateProgress['step'], string>> = {
  comparing: 'Comparing',
  looking: 'Looking at pixels',
  'finding similar': 'Finding similar',
  'finding copies': 'Laying pictures over each other',
};
