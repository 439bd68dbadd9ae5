import type { GroupDraft } from '../curation/draft-group.ts';
import { keepRules } from '../curation/keep-rules.ts';
import type { LeftFile } from '../curation/left-file.ts';
import {
  PLAN_SCHEMA_VERSION,
  type PlanAction,
  type PlanHeader,
  type PlannedAction,
} from '../curation/plan.ts';
import type { RuleSetting } from '../curation/rule-settings.ts';
import { isAtOrBelow } from '../domain/is-below.ts';
import type { DuplicateRelation } from '../duplicates/duplicate-group.ts';
import type { DuplicateReport } from '../duplicates/find-duplicates.ts';
import { pathsInReport, type WeighedReport, weighReport } from '../duplicates/weigh-report.ts';
import { readDeviceTable } from '../indexer/device-table.ts';
import { draftGroups, type RelatedDraft } from './draft-groups.ts';
import { FolderCompanions } from './folder-companions.ts';
import { ALL_EQUAL } from './known-pair-facts.ts';
import type { Library } from './library.ts';
import { isLinking } from './linkable-sets.ts';
import { lookAtPaths } from './look-at-paths.ts';
import { type ManagedFolder, managedFolders } from './managed-folders.ts';
import { type PlacedDrop, placeDrops } from './place-drops.ts';
import { planCompanions } from './plan-companions.ts';

/** What is to be done with what is dropped, and by which rules that is chosen. */
export interface PlanWish {
  /** A random UUID, see PlanHeader. */
  readonly planId: string;
  readonly rules: readonly RuleSetting[];
  /** Absolute, without symbolic links. */
  readonly protectedFolders: readonly string[];
  readonly action: PlanAction;
  /** Where a move goes, absolute; null for other actions. */
  readonly moveTo: string | null;
}

/** A group of which something is dropped. */
export interface PlannedGroup {
  readonly number: number;
  readonly relation: DuplicateRelation;
  /** See GroupDraft. */
  readonly kept: GroupDraft['kept'];
  /** See GroupDraft; what is left for other reasons is told of the plan as a whole. */
  readonly left: GroupDraft['left'];
  /** Whether only its path told a dropped file from the one that stays. */
  readonly isTie: boolean;
  /** By number. */
  readonly actions: readonly PlannedAction[];
}

/** A plan, and what a person wants to know before it is carried out. */
export interface LibraryPlan {
  readonly header: PlanHeader;
  readonly groups: readonly PlannedGroup[];
  /** Groups of copies of which nothing is dropped: what would be kept, and why the others are left. */
  readonly untouched: ReadonlyArray<Pick<PlannedGroup, 'relation' | 'kept' | 'left'>>;
  /** Files of groups that nothing is done to, although another one is kept. */
  readonly left: readonly LeftFile[];
  readonly managed: readonly ManagedFolder[];
  /** What was planned, by what is there. */
  readonly report: WeighedReport;
}

/**
 * Looks at the files of a report, and plans which of them are kept and what is done to the others. Nothing is changed.
 * @throws EideticError INVALID_INPUT when a move has nowhere to go; the signal's reason
 */
export async function planLibrary(
  library: Library,
  found: DuplicateReport,
  wish: PlanWish,
  signal: AbortSignal,
): Promise<LibraryPlan> {
  if ((found.copies?.choice.leastHeldBack ?? null) !== null) {
    throw new Error(
      'This report calls pairs copies that are held back, found in a plan, which drops files unseen.',
    );
  }
  const looks = await lookAtPaths(library, pathsInReport(found));
  const report = weighReport(found, looks);
  const roots = (await library.catalog.files.roots()).map(({ path }) => path);
  const { drafts, left } = await draftGroups(library, report, looks, { ...wish, roots }, signal);
  // What a name takes for a raw file may be a picture, and another group rely on it.
  const mustStay = (path: string) =>
    looks.has(path) || wish.protectedFolders.some((folder) => isAtOrBelow(path, folder));
  const drops = drafts.flatMap((draft) => draft.drops);
  const planned = isLinking(wish.action)
    ? { drops: drops.map((drop) => ({ ...drop, companions: [] })), left: [] }
    : await planCompanions(
        drops,
        new FolderCompanions(await readDeviceTable()),
        mustStay,
        wish.action === 'delete',
      );
  const placed = await placeDrops(planned.drops, roots, wish.moveTo);
  const groups = numberGroups(drafts, placed.drops, wish.action);
  const actions = groups.flatMap((group) => group.actions);
  return {
    header: {
      kind: 'eidetic-plan',
      schemaVersion: PLAN_SCHEMA_VERSION,
      planId: wish.planId,
      libraryId: library.catalog.libraryId,
      madeAt: new Date().toISOString(),
      roots,
      protected: wish.protectedFolders,
      rules: keepRules(wish.rules, ALL_EQUAL).map(({ words }) => words),
      groups: groups.length,
      actions: actions.length,
      freesBytes: actions.reduce((sum, { freesBytes }) => sum + freesBytes, 0),
    },
    groups,
    untouched: drafts.filter(({ left, drops }) => drops.length === 0 && left.length > 0),
    left: [...left, ...planned.left, ...placed.left],
    managed: await managedFolders(
      roots.filter((root) => actions.some(({ drop }) => isAtOrBelow(drop.path, root))),
    ),
    report,
  };
}

/** Groups of which something is dropped, in the order of the report. */
function numberGroups(
  drafts: readonly RelatedDraft[],
  placed: readonly PlacedDrop[],
  action: PlanAction,
): PlannedGroup[] {
  const byPath = new Map(placed.map((drop) => [drop.file.path, drop]));
  const groups: PlannedGroup[] = [];
  let number = 0;
  for (const { relation, kept, left, drops } of drafts) {
    const group = groups.length + 1;
    const actions: PlannedAction[] = [];
    const going = drops.flatMap(({ file }) => byPath.get(file.path) ?? []);
    const isTie = going.some((drop) => drop.isTie);
    for (const drop of going) {
      const common = { action, group, relation: drop.relation };
      const ofPicture = ++number;
      actions.push({
        ...{ number: ofPicture, ...common, to: drop.to, drop: drop.file.file, keep: drop.keep.file },
        ...{ reason: drop.reason, warnings: drop.warnings, freesBytes: drop.freesBytes, companionOf: null },
      });
      for (const [i, companion] of drop.companions.entries()) {
        actions.push({
          ...{ number: ++number, ...common, to: drop.companionsTo[i] ?? null },
          ...{ drop: companion.file, keep: companion.keep, reason: companion.reason, warnings: [] },
          ...{ freesBytes: companion.freesBytes, companionOf: ofPicture },
        });
      }
    }
    if (actions.length > 0) {
      groups.push({ number: group, relation, kept, left, isTie, actions });
    }
  }
  return groups;
}
