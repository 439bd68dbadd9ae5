import type { LeftReason } from '../curation/left-file.ts';
import type { PlanAction } from '../curation/plan.ts';
import { isAtOrBelow } from '../domain/is-below.ts';
import type { WeighedReport } from '../duplicates/weigh-report.ts';
import type { LibraryPlan, PlanWish } from '../engine/plan-library.ts';
import { leftOutLines } from './duplicates-left-out.ts';
import { count, formatBytes } from './print.ts';
import { shorten } from './print-hits.ts';
import { pairsApart } from './reported-paths.ts';

const ACTION_WORDS: Readonly<Record<PlanAction, string>> = {
  trash: 'to be moved to the trash',
  move: 'to be moved',
  hardlink: 'to be made further names of the kept file',
  reflink: 'to share the bytes of the kept file',
  delete: 'to be deleted for good, which cannot be undone',
};

/** Why a file is left, behind its path. */
export const LEFT_WORDS: Readonly<Record<LeftReason, string>> = {
  away: 'not there as it was indexed (away, deleted or changed since)',
  upload: "the library's own copy of an upload",
  link: 'a symbolic link',
  outside: 'it lies outside of the folders that were indexed',
  decided: 'somebody decided to keep it (see "eidetic decisions")',
  'shows-more': 'a part of it is not in the kept file; look at both',
  altered: 'it or the kept file was mirrored, turned or recolored, and nobody can tell which; look at both',
  differs: 'something else stands in a place of it than in the kept file; look at both',
  finer: 'it has finer detail than the kept file, which may have been enlarged or blurred; look at both',
  'not-compared': 'what laying it over the kept file told was not kept, or is known of a file that is away',
  sidecar: 'its sidecar has no equal beside the kept file, and nothing takes back what is deleted for good',
  raw: 'its raw file has no equal beside the kept file',
  movie: 'its movie has no equal beside the kept file',
  'unread-folder': 'its folder cannot be listed, so that nobody knows what lies beside it',
  'not-identical':
    'its bytes are others than those of the rest of its group, so that no link can stand for it',
  'other-device': 'it lies on another disk than the file of the same bytes, and a link reaches no other',
  'other-device-than-target':
    'it lies on another disk than the folder to move to, and a move only renames, and copies nothing; make a plan of its own for that disk',
  similar: 'it is only similar',
};

/** What a person wants to know of a plan before anything is done. */
export function summarizePlan(plan: LibraryPlan, report: WeighedReport, wish: PlanWish): string[] {
  const { header, groups } = plan;
  return [
    header.actions === 0
      ? 'Nothing to drop.'
      : `${count(header.groups, 'group')}: ${count(header.actions, 'file')} ${ACTION_WORDS[wish.action]}, which frees ${formatBytes(header.freesBytes)}${freedLater(wish.action)}.`,
    ...companionLines(plan),
    ...warningLines(groups),
    ...leftLines(plan),
    ...pairLines(report),
    ...managedLines(plan),
    ...moveLines(plan, wish),
    ...leftOutLines(report),
  ];
}

function freedLater(action: PlanAction): string {
  return action === 'trash'
    ? ' once the trash is emptied'
    : action === 'move'
      ? ' once they are taken from there'
      : '';
}

function companionLines({ groups }: LibraryPlan): string[] {
  const going = groups.flatMap(({ actions }) => actions.filter(({ companionOf }) => companionOf !== null));
  return going.length === 0
    ? []
    : [
        `Of these, ${count(going.length, 'file')} from beside pictures, which they go with (sidecars, raw files, movies).`,
      ];
}

function warningLines(groups: LibraryPlan['groups']): string[] {
  const warned = groups.flatMap(({ actions }) => actions.filter(({ warnings }) => warnings.length > 0));
  const [first] = warned;
  return first === undefined
    ? []
    : [
        `${count(warned.length, 'dropped file')} with warnings, since the kept one lacks something: ${shorten(first.drop.path)}: ${first.warnings[0]} Add --explain to read them all.`,
      ];
}

/** By reason, with the first file of each. */
function leftLines({ left }: LibraryPlan): string[] {
  return Object.entries(LEFT_WORDS).flatMap(([why, words]) => {
    const files = left.filter((file) => file.why === why);
    const [first] = files;
    if (first === undefined) {
      return [];
    }
    const companion = first.companion === null ? '' : ` (${shorten(first.companion)})`;
    const more = files.length > 1 ? `, and ${count(files.length - 1, 'other')} likewise` : '';
    return [`Left: ${shorten(first.path)}: ${words}${companion}${more}.`];
  });
}

function pairLines(report: WeighedReport): string[] {
  const apart = pairsApart(report).filter(({ relation }) => relation === 'burst' || relation === 'unsure');
  return apart.length === 0
    ? []
    : [`${count(apart.length, 'pair')} left alone: they may be copies, or are other shots of one scene.`];
}

function managedLines({ managed }: LibraryPlan): string[] {
  return managed.map(
    ({ root, program, sign }) =>
      `${program} seems to keep a catalog of ${root} (${sign}), and takes files for lost that are moved behind its back: let it do the moving, with --format list, csv or xmp.`,
  );
}

function moveLines({ header }: LibraryPlan, { moveTo }: PlanWish): string[] {
  const root = moveTo === null ? undefined : header.roots.find((one) => isAtOrBelow(moveTo, one));
  return root === undefined
    ? []
    : [
        `${moveTo} lies in ${root}, which is indexed: the next run takes what was moved there for pictures like any other; exclude it, or name a place elsewhere.`,
      ];
}
