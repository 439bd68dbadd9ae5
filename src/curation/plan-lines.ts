import type { PlanHeader, PlannedAction } from './plan.ts';

/** A plan as the lines of a file, each with its end: the header, then one action a line. */
export function* planLines(
  header: PlanHeader,
  groups: Iterable<{ readonly actions: readonly PlannedAction[] }>,
): Generator<string> {
  yield `${JSON.stringify(header)}\n`;
  for (const { actions } of groups) {
    for (const action of actions) {
      yield `${JSON.stringify(action)}\n`;
    }
  }
}
