import { LEFT_REASONS, type LeftFile } from '../curation/left-file.ts';
import type { PlanOverview } from '../curation/plan-overview.ts';
import type { WeighedReport } from '../duplicates/weigh-report.ts';
import { weighedApart } from '../duplicates/weighed-apart.ts';
import type { LibraryPlan, PlanWish } from './plan-library.ts';

/** Counts what a plan comes to, and what it leaves. */
export function describePlan(
  { header, groups, left, managed, report }: LibraryPlan,
  { action, moveTo }: Pick<PlanWish, 'action' | 'moveTo'>,
): PlanOverview {
  const actions = groups.flatMap((group) => group.actions);
  const warned = actions.filter(({ warnings }) => warnings.length > 0);
  const [first] = warned;
  return {
    ...{ madeAt: header.madeAt, action, moveTo },
    ...{ rules: [...header.rules], protected: [...header.protected] },
    ...{ groups: header.groups, files: header.actions, freesBytes: header.freesBytes },
    companions: actions.filter(({ companionOf }) => companionOf !== null).length,
    ties: groups.filter(({ isTie }) => isTie).length,
    warned:
      first === undefined
        ? null
        : {
            files: warned.length,
            first: { path: first.drop.path, warning: first.warnings[0] as string },
          },
    left: leftByReason(left),
    pairsLeft: weighedApart(report).filter(({ relation }) => relation === 'burst' || relation === 'unsure')
      .length,
    managed: managed.map(({ root, program, sign }) => ({ root, program, sign })),
    missing: missingFrom(report),
  };
}

function leftByReason(left: readonly LeftFile[]): PlanOverview['left'] {
  return LEFT_REASONS.flatMap((why) => {
    const files = left.filter((file) => file.why === why);
    const [first] = files;
    return first === undefined
      ? []
      : [{ why, files: files.length, first: { path: first.path, companion: first.companion } }];
  });
}

function missingFrom(report: WeighedReport): PlanOverview['missing'] {
  const { goneGroups, gonePairs, oneFileNames, decidedGroups, decidedPairs } = report;
  const { unknownPixels, undescribedFiles, copies } = report;
  return {
    ...{ goneGroups, gonePairs, oneFileNames, decidedGroups, decidedPairs },
    ...{ unknownPixels: { ...unknownPixels }, unknownCopies: copies?.unknown ?? 0, undescribedFiles },
  };
}
