import type { PlannedAction } from '../curation/plan.ts';
import { planLines } from '../curation/plan-lines.ts';
import { EideticError } from '../domain/errors.ts';
import type { LibraryPlan } from '../engine/plan-library.ts';
import { csvRow } from './csv-row.ts';

/** How a plan is written into one file: to be carried out by "eidetic apply", or for other programs. */
export const PLAN_FORMATS: Readonly<Record<string, (plan: LibraryPlan) => Generator<string>>> = {
  jsonl: ({ header, groups }) => planLines(header, groups),
  list: (plan) => planToList(plan, '\n'),
  list0: (plan) => planToList(plan, '\0'),
  csv: planToCsv,
};

/** @throws EideticError INVALID_INPUT for a path that has the end of a line in it */
function* planToList({ groups }: LibraryPlan, end: string): Generator<string> {
  for (const { drop } of groups.flatMap(({ actions }) => actions)) {
    if (drop.path.includes(end)) {
      throw new EideticError(
        'INVALID_INPUT',
        `Found a line break in the name ${JSON.stringify(drop.path)}, which a list of lines cannot hold; use --format list0.`,
      );
    }
    yield `${drop.path}${end}`;
  }
}

/** `SourceFile` and `Subject` are what exiftool reads; it passes over the other columns. */
const CSV_HEADER = ['SourceFile', 'Subject', 'what', 'group', 'relation', 'kept_file', 'reason', 'warnings'];

/** One row for each file of a group, what is kept first. */
function* planToCsv({ groups }: LibraryPlan): Generator<string> {
  yield csvRow(CSV_HEADER);
  for (const { number, relation, kept, actions } of groups) {
    for (const { path } of kept) {
      yield csvRow([path, keywordsOf(number, true).join(', '), 'keep', number, relation, '', '', '']);
    }
    for (const action of actions) {
      yield csvRow(actionRow(action));
    }
  }
}

function actionRow({ drop, action, group, relation, keep, reason, warnings, companionOf }: PlannedAction) {
  const subject = companionOf === null ? keywordsOf(group, false).join(', ') : '';
  return [drop.path, subject, action, group, relation, keep.path, reason, warnings.join(' ')];
}

/** Keywords by which a catalog program finds a file and its group. */
export function keywordsOf(group: number, isKept: boolean): string[] {
  return [isKept ? 'eidetic:kept' : 'eidetic:duplicate', `eidetic:group-${group}`];
}
