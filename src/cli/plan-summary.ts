import type { LeftReason } from '../curation/left-file.ts';
import type { PlanAction } from '../curation/plan.ts';
import type { PlanOverview } from '../curation/plan-overview.ts';
import { isAtOrBelow } from '../domain/is-below.ts';
import { describePlan } from '../engine/describe-plan.ts';
import type { LibraryPlan, PlanWish } from '../engine/plan-library.ts';
import { leftOutLines } from './duplicates-left-out.ts';
import { count, formatBytes } from './print.ts';
import { shorten } from './print-hits.ts';

const ACTION_WORDS: Readonly<Record<PlanAction, string>> = {
  trash: 'to be moved to the trash',
  move: 'to be moved',
  hardlink: 'to be made further names of the kept file',
  reflink: 'to share the bytes of the kept file',
  delete: 'to be deleted for good (this cannot be undone)',
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
  edited:
    'saving the kept file once more would not give this one: one of them was edited, or saved several times, and nobody can tell which; look at both',
  sharpened: 'it or the kept file was sharpened or blurred, and nobody can tell which; look at both',
  differs: 'something else stands in a place of it than in the kept file; look at both',
  finer: 'the kept file may have been enlarged or blurred, and this one be the finer; look at both',
  color: 'it has color, and the kept file has none; look at both',
  'fewer-colors': 'the kept file has 256 colors at most, and this one more; look at both',
  pages:
    'it has several pages or frames, of which only the first was compared with the kept file; look at both',
  camera:
    'it names its camera, and the kept file, which may be a screenshot, names none or another; look at both',
  'not-compared':
    'what laying it over the kept file told was not kept, is known of a file that is away, or somebody decided without it that they are copies',
  sidecar: 'its sidecar has no equal beside the kept file, and nothing takes back what is deleted for good',
  raw: 'its raw file has no equal beside the kept file',
  movie: 'its movie has no equal beside the kept file',
  'unread-folder': 'its folder cannot be listed, so that nobody knows what lies beside it',
  'not-identical':
    'its bytes are others than those of the rest of its group, so that no link can stand for it',
  'other-device': 'it lies on another disk than the file of the same bytes, so that no link can join them',
  'other-device-than-target':
    'it lies on another disk than the folder to move to, and a move only renames, and copies nothing; make a plan of its own for that disk',
  similar: 'it is only similar',
};

/** What a person wants to know of a plan before anything is done. */
export function summarizePlan(plan: LibraryPlan, wish: PlanWish): string[] {
  const overview = describePlan(plan, wish);
  return [
    overview.files === 0
      ? `Nothing to drop${overview.left.length > 0 ? ': all is left, for what is said below' : ''}.`
      : `${count(overview.groups, 'group')}: ${count(overview.files, 'file')} ${ACTION_WORDS[wish.action]}, which frees ${formatBytes(overview.freesBytes)}${freedLater(wish.action)}.`,
    ...companionLines(overview),
    ...warningLines(overview),
    ...tieLines(overview, wish),
    ...overview.left.map(leftLine),
    ...pairLines(overview),
    ...managedLines(overview),
    ...moveLines(plan, wish),
    ...leftOutLines(plan.report),
  ];
}

function freedLater(action: PlanAction): string {
  return action === 'trash'
    ? ' once the trash is emptied'
    : action === 'move'
      ? ' once they are taken from there'
      : '';
}

function companionLines({ companions }: PlanOverview): string[] {
  return companions === 0
    ? []
    : [
        `Of these, ${count(companions, 'file')} from beside pictures, which they go with (sidecars, raw files, movies).`,
      ];
}

function warningLines({ warned }: PlanOverview): string[] {
  return warned === null
    ? []
    : [
        `${count(warned.files, 'dropped file')} with warnings, since the kept one lacks something: ${shorten(warned.first.path)}: ${warned.first.warning} Add --explain to read them all.`,
      ];
}

/** A person may know better which folder is the tidy one. */
function tieLines({ ties, groups }: PlanOverview, { rules }: PlanWish): string[] {
  const isByFolder = rules.some((rule) => typeof rule === 'object' && 'folder-order' in rule);
  const advice = isByFolder
    ? ''
    : '; to choose by folder: --keep folder with --across or --within FOLDERS in order, or --rules with folder-order';
  return ties === 0
    ? []
    : [
        `In ${ties.toLocaleString('en')} of ${count(groups, 'group')} only the paths told which file stays (the shorter one, then the first by the alphabet)${advice}.`,
      ];
}

function leftLine({ why, files, first }: PlanOverview['left'][number]): string {
  const companion = first.companion === null ? '' : ` (${shorten(first.companion)})`;
  const more = files > 1 ? `, and ${count(files - 1, 'other')} likewise` : '';
  return `Left: ${shorten(first.path)}: ${LEFT_WORDS[why]}${companion}${more}.`;
}

function pairLines({ pairsLeft }: PlanOverview): string[] {
  return pairsLeft === 0
    ? []
    : [`${count(pairsLeft, 'pair')} left alone: they may be copies, or are other shots of one scene.`];
}

function managedLines({ managed }: PlanOverview): string[] {
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
