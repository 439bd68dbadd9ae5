import type { DuplicateRelation } from '../duplicates/duplicate-group.ts';
import type { Candidate } from './candidate.ts';
import { chooseKept } from './choose-kept.ts';
import { nameBeside } from './in-words.ts';
import type { KeepRule } from './keep-rule.ts';
import type { LeftFile, LeftReason } from './left-file.ts';
import { lostWith } from './lost-with.ts';
import type { KnownPairs } from './pair-facts.ts';
import type { PlannedFile } from './plan.ts';
import { warnOfLoss } from './warn-of-loss.ts';
import { whatTellsAgainst } from './what-tells-against.ts';

/** A file of a group that a plan can do something to. */
export interface PlanCandidate extends Candidate {
  readonly file: PlannedFile;
  /** Equal for two names of one file. */
  readonly identity: string;
  /** Names that the file has on its file system. */
  readonly links: number;
  /** The protected folder that it lies in; null for none. */
  readonly protectedBy: string | null;
}

/** A file that is to be dropped. */
export interface DraftedDrop {
  readonly file: PlanCandidate;
  /** What stays for it. */
  readonly keep: PlanCandidate;
  readonly relation: DuplicateRelation;
  /** A sentence. */
  readonly reason: string;
  /** Whether only its path told it from the one that stays. */
  readonly isTie: boolean;
  /** A sentence each. */
  readonly warnings: readonly string[];
  readonly freesBytes: number;
}

/** What is to be done in a group. */
export interface GroupDraft {
  /** The first is the one that the rules keep; then what is protected, and further names of what is kept. */
  readonly kept: readonly PlanCandidate[];
  /** By their paths. */
  readonly drops: readonly DraftedDrop[];
  /** Likewise: what shows something that the kept file does not, or may; parts or finer detail. */
  readonly left: readonly LeftFile[];
}

/** What a group is drafted by. */
export interface DraftParts {
  readonly rules: readonly KeepRule[];
  readonly pairs: KnownPairs;
  /** How two files relate of which the group has both. */
  readonly relate: (a: Candidate, b: Candidate) => FileRelation;
  /** Whether somebody decided that a file is not to go for the sake of another. */
  readonly isToBeKept: (dropped: Candidate, kept: Candidate) => boolean;
}

/** How two files of a group relate. */
export interface FileRelation {
  readonly relation: DuplicateRelation;
  /** How likely the one is a copy of the other, 0 to 1; 1 of equal ones, null where nobody can say. */
  readonly certainty: number | null;
}

/** Below it a person is told. */
const CERTAIN = 0.99;

/**
 * Chooses what is kept of a group. What is protected always is, and further names of a file that stays are left alone: they
 * free nothing. So is a picture of which a part is not in the kept one, or finer detail, or in which something else
 * stands, and what else no copy has (see {@link lostWith}), whatever the rules say, and what somebody decided to keep.
 * @param candidates one or more
 */
export function draftGroup(candidates: readonly PlanCandidate[], parts: DraftParts): GroupDraft {
  const { rules, pairs, relate } = parts;
  const safe = candidates.filter(({ protectedBy }) => protectedBy !== null);
  const choice = chooseKept(safe.length > 0 ? safe : candidates, rules);
  const choices = new Map(choice.others.map((other) => [other.file, other]));
  const stays = new Set([choice.kept, ...safe].map(({ identity }) => identity));
  const kept = [choice.kept, ...candidates.filter((one) => one !== choice.kept && stays.has(one.identity))];
  /** Of several that stay, one of the same bytes says most. */
  const keepFor = ({ file }: PlanCandidate) =>
    safe.find((one) => one.file.contentHash === file.contentHash) ?? choice.kept;
  const others = candidates
    .filter(({ identity }) => !stays.has(identity))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const left = others.flatMap((file): LeftFile[] => {
    const why = whyLeft(file, keepFor(file), parts);
    return why === null ? [] : [{ path: file.path, why, companion: null }];
  });
  const leftPaths = new Set(left.map(({ path }) => path));
  const dropped = others.filter(({ path }) => !leftPaths.has(path));
  const choiceOf = (file: PlanCandidate) => {
    const { reason, isTie } = choices.get(file) as (typeof choice.others)[number];
    return { reason, isTie };
  };
  const freed = bytesFreed(dropped);
  const drops = dropped.map((file) => {
    const keep = keepFor(file);
    const { relation, certainty } = relate(file, keep);
    return {
      ...{ file, keep, relation },
      ...(safe.length > 0 ? { reason: protectedReason(keep, file), isTie: false } : choiceOf(file)),
      warnings: [...doubts(certainty), ...warnOfLoss(file, keep, pairs)],
      freesBytes: freed.get(file) ?? 0,
    };
  });
  return { kept, drops, left };
}

/** Null when a file may go. A margin at which nobody could look may be more than that. */
function whyLeft(
  file: PlanCandidate,
  keep: PlanCandidate,
  { pairs, relate, isToBeKept }: DraftParts,
): LeftReason | null {
  if (isToBeKept(file, keep)) {
    return 'decided';
  }
  if (relate(file, keep).relation !== 'copy') {
    return null;
  }
  const facts = pairs.between(file.picture.id, keep.picture.id);
  if (facts === null) {
    return 'not-compared';
  }
  return whatTellsAgainst(facts) ?? lostWith(file.picture, keep.picture, facts);
}

function doubts(certainty: number | null): string[] {
  if (certainty === null) {
    return ['How certain it is that the two are copies is not known: look at both before you act.'];
  }
  return certainty >= CERTAIN
    ? []
    : [
        `It is ${Math.floor(100 * certainty)} % certain that the two are copies: look at both before you act.`,
      ];
}

function protectedReason(keep: PlanCandidate, file: PlanCandidate): string {
  return `Keeps ${nameBeside(keep.path, file.path)}: it lies in the protected folder ${keep.protectedBy}.`;
}

/** A file's bytes are free when its last name goes, and not while it has names that stay. */
function bytesFreed(dropped: readonly PlanCandidate[]): Map<PlanCandidate, number> {
  const namesOf = new Map<string, PlanCandidate[]>();
  for (const file of dropped) {
    namesOf.set(file.identity, [...(namesOf.get(file.identity) ?? []), file]);
  }
  const freed = new Map<PlanCandidate, number>();
  for (const names of namesOf.values()) {
    const last = names.at(-1) as PlanCandidate;
    freed.set(last, names.length >= last.links ? last.file.sizeBytes : 0);
  }
  return freed;
}
