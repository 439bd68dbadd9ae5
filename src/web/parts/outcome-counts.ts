import type { JobAnswer } from '../../client/eidetic-client.ts';

/** What each file is that was found. */
const FOUND = ['indexed', 'unchanged', 'moved', 'failed', 'stillFailed', 'unsupported', 'others'] as const;
const COUNTED = [...FOUND, 'removed', 'awayFiles'] as const;

type Counted = Pick<NonNullable<JobAnswer['outcome']>, 'found' | (typeof COUNTED)[number]>;

/** The numbers of a run: what there was none of is left out; `left` are files that a run that was stopped did not come to. */
export function outcomeCounts(
  outcome: Counted,
): ReadonlyArray<readonly [what: (typeof COUNTED)[number] | 'left', count: number]> {
  const left = outcome.found - FOUND.reduce((sum, name) => sum + outcome[name], 0);
  const counts = [...COUNTED.map((name) => [name, outcome[name]] as const), ['left', left] as const];
  return counts.filter(([, count]) => count > 0);
}
