import type { Candidate } from '../curation/candidate.ts';
import { draftGroup, type FileRelation, type GroupDraft } from '../curation/draft-group.ts';
import { isToBeKept } from '../curation/is-to-be-kept.ts';
import { keepRules } from '../curation/keep-rules.ts';
import type { LeftFile } from '../curation/left-file.ts';
import type { KnownPairs } from '../curation/pair-facts.ts';
import type { PlanAction } from '../curation/plan.ts';
import type { RuleSetting } from '../curation/rule-settings.ts';
import { inTurn } from '../domain/in-turn.ts';
import type { PictureId } from '../domain/picture.ts';
import { type DuplicateRelation, equalBy } from '../duplicates/duplicate-group.ts';
import type { PathLooks } from '../duplicates/path-look.ts';
import type { WeighedGroup, WeighedReport } from '../duplicates/weigh-report.ts';
import { readDeviceTable } from '../indexer/device-table.ts';
import { ALL_EQUAL, knownPairFacts, type PairParts } from './known-pair-facts.ts';
import type { Library } from './library.ts';
import { decisionsForReport } from './library-decisions.ts';
import { isLinking, leave, linkableSets } from './linkable-sets.ts';
import { type CandidateParts, planCandidates } from './plan-candidates.ts';

/** What groups are drafted by. */
export interface DraftWish extends Omit<CandidateParts, 'looks' | 'devices'> {
  readonly rules: readonly RuleSetting[];
  readonly action: PlanAction;
}

/** What is to be done in a group of a report, or in a part of it. */
export interface RelatedDraft extends GroupDraft {
  /** The group's. */
  readonly relation: DuplicateRelation;
}

/** Every group of two or more files, in the order of the report, and files that no plan can name. */
export interface GroupDrafts {
  readonly drafts: readonly RelatedDraft[];
  readonly left: readonly LeftFile[];
}

/**
 * Chooses in every group of a report what is kept.
 * @param looks what was found at the report's paths
 * @throws the signal's reason
 */
export async function draftGroups(
  library: PairParts & Pick<Library, 'catalog'>,
  report: WeighedReport,
  looks: PathLooks,
  wish: DraftWish,
  signal: AbortSignal,
): Promise<GroupDrafts> {
  const standIns = standInsOf(report);
  const standInOf = (id: PictureId) => standIns.get(id) ?? id;
  const relate = relator(report, standInOf);
  const devices = await readDeviceTable();
  const decisions = await decisionsForReport(library.catalog);
  const drafts: RelatedDraft[] = [];
  const left: LeftFile[] = [];
  const look = async (group: WeighedGroup) => {
    signal.throwIfAborted();
    const found = await planCandidates(group, { ...wish, looks, devices });
    const pairs = group.relation === 'similar' ? null : await pairsIn(library, group, standInOf);
    return { group, found, pairs };
  };
  for await (const looked of inTurn(report.groups, look, library.verifier().parallelism)) {
    const { group, found, pairs } = looked;
    left.push(...found.left);
    if (pairs === null) {
      left.push(...found.candidates.map((candidate) => leave(candidate, 'similar')));
      continue;
    }
    const sets = isLinking(wish.action)
      ? linkableSets(found.candidates)
      : { sets: [found.candidates], left: [] };
    left.push(...sets.left);
    const parts = {
      pairs,
      rules: keepRules(wish.rules, pairs),
      relate,
      isToBeKept: (dropped: Candidate, kept: Candidate) =>
        isToBeKept(decisions, dropped.picture, kept.picture),
    };
    for (const set of sets.sets.filter(({ length }) => length > 1)) {
      const draft = draftGroup(set, parts);
      drafts.push({ relation: group.relation, ...draft });
      left.push(...draft.left);
    }
  }
  return { drafts, left };
}

/** The picture that stands for each that equals another. */
function standInsOf({ pairs }: WeighedReport): Map<PictureId, PictureId> {
  return new Map(
    pairs.flatMap(({ a, b, standIn }) =>
      standIn === null ? [] : [[standIn === a ? b : a, standIn] as const],
    ),
  );
}

/** Tells how two files of a group relate. */
function relator({ pairs }: WeighedReport, standInOf: (id: PictureId) => PictureId) {
  const certainties = new Map(
    pairs.map(({ a, b, certainty }) => [`${Math.min(a, b)} ${Math.max(a, b)}`, certainty]),
  );
  return ({ picture: a }: Candidate, { picture: b }: Candidate): FileRelation => {
    if (a.id === b.id) {
      return { relation: 'identical', certainty: 1 };
    }
    const [one, other] = [standInOf(a.id), standInOf(b.id)];
    const certainty = certainties.get(`${Math.min(one, other)} ${Math.max(one, other)}`) ?? null;
    return one === other ? { relation: equalBy(a, b), certainty: 1 } : { relation: 'copy', certainty };
  };
}

/** Nobody lays equal pictures over each other. */
function pairsIn(
  library: PairParts,
  { relation, pictures }: WeighedGroup,
  standInOf: (id: PictureId) => PictureId,
): KnownPairs | Promise<KnownPairs> {
  return relation === 'copy' ? knownPairFacts(library, pictures, standInOf) : ALL_EQUAL;
}
