import type { ApplyReport } from '../apply/apply-report.ts';
import type { PlanSummary } from '../apply/summarize-plan.ts';
import { PLAN_ACTIONS, type PlanAction } from '../curation/plan.ts';
import { count, formatBytes } from './print.ts';

const FUTURE: Readonly<Record<PlanAction, string>> = {
  trash: 'to the trash',
  move: 'to another folder',
  hardlink: 'to become hard links of the files that stay',
  reflink: 'to share their blocks with the files that stay',
  delete: 'to be DELETED FOR GOOD, which nothing takes back',
};

/** What became of files, behind their number. */
export const DONE_WORDS: Readonly<Record<PlanAction, string>> = {
  trash: 'in the trash',
  move: 'in another folder',
  hardlink: 'made hard links of the files that stay',
  reflink: 'made to share blocks with the files that stay',
  delete: 'deleted for good',
};

/** What a plan is about to do, for who is asked whether it is meant. */
export function summaryLines({
  header,
  actions,
  total,
  takenOut,
  groups,
  ...summary
}: PlanSummary): string[] {
  return [
    `A plan of ${header.madeAt.slice(0, 16).replace('T', ' ')} (UTC): ${count(total, 'file')} of ${count(groups, 'group')}, which frees ${formatBytes(summary.freesBytes)}.`,
    ...PLAN_ACTIONS.filter((action) => actions[action] > 0).map(
      (action) => `  ${count(actions[action], 'file')} ${FUTURE[action]}`,
    ),
    ...(takenOut > 0 ? [`  ${count(takenOut, 'line')} of the plan were taken out, and are not done`] : []),
    ...(summary.warnings > 0
      ? [`  ${count(summary.warnings, 'warning')} in it: what a file that stays lacks and the other has`]
      : []),
    ...header.protected.map((folder) => `  nothing in ${folder}`),
  ];
}

/** What was done, or would be. @param total files of the plan */
export function reportLines(report: ApplyReport, total: number, isRehearsal: boolean): string[] {
  const { doneBefore, left } = report;
  const handled = doneBefore + left.length + sumOf(report.done);
  return [
    ...leftLines(report),
    isRehearsal ? rehearsedLine(report) : doneLine(report),
    ...(doneBefore > 0 ? [`${count(doneBefore, 'file')} had been done before.`] : []),
    ...(left.length > 0 ? [`${count(left.length, 'file')} left, see above.`] : []),
    ...(report.isStopped ? [`Stopped before ${count(total - handled, 'file')}; run it again to go on.`] : []),
    ...(isRehearsal ? [] : nextLines(report)),
  ];
}

function rehearsedLine({ done }: ApplyReport): string {
  const what = countsBy(done, FUTURE);
  return what.length === 0
    ? 'Nothing would be done.'
    : `All of these are as the plan says: ${what.join(', ')}. Nothing was done.`;
}

function doneLine({ done, doneBefore, freedBytes }: ApplyReport): string {
  const what = countsBy(done, DONE_WORDS);
  if (what.length === 0) {
    return `Nothing was done${doneBefore > 0 ? ' but what was done before' : ''}.`;
  }
  const when =
    done.trash > 0
      ? 'are free when the trash is emptied'
      : done.move > 0
        ? 'are free when they are taken from where they went'
        : 'freed';
  return `${what.join(', ')}: ${formatBytes(freedBytes)} ${when}.`;
}

function nextLines({ done }: ApplyReport): string[] {
  const all = PLAN_ACTIONS.filter((action) => done[action] > 0);
  const back = all.includes('delete')
    ? `What is deleted stays deleted${all.length > 1 ? '; "eidetic undo" takes the rest back' : ''}`
    : '"eidetic undo" takes it back';
  return all.length === 0 ? [] : [`${back}.`];
}

function countsBy(done: ApplyReport['done'], words: Readonly<Record<PlanAction, string>>): string[] {
  return PLAN_ACTIONS.filter((action) => done[action] > 0).map(
    (action) => `${count(done[action], 'file')} ${words[action]}`,
  );
}

/** What was taken back. */
export function undoneLines(report: ApplyReport): string[] {
  const back = sumOf(report.done);
  return [
    ...leftLines(report),
    `${count(back, 'file')} back in place.`,
    ...(report.left.length > 0 ? [`${count(report.left.length, 'file')} not taken back, see above.`] : []),
    ...(report.isStopped ? ['Stopped before all were tried; run it again to go on.'] : []),
    ...(back > 0 ? ['If the library was indexed meanwhile, "eidetic index" tells it what is back.'] : []),
  ];
}

function sumOf(done: ApplyReport['done']): number {
  return PLAN_ACTIONS.reduce((sum, action) => sum + done[action], 0);
}

function leftLines({ left }: ApplyReport): string[] {
  return left.map(({ path, reason }) => `left: ${path}: ${reason}`);
}
