import type { DuplicateRelation } from '../duplicates/duplicate-group.ts';
import type { Candidate } from './candidate.ts';
import { chooseKept } from './choose-kept.ts';
import { nameBeside } from './in-words.ts';
import type { KeepRule } from './keep-rule.ts';
import type { KnownPairs } from './pair-facts.ts';
import type { PlannedFile } from './plan.ts';
import { warnOfLoss } from './warn-of-loss.ts';

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
}

/** What a group is drafted by. */
export interface DraftParts {
  readonly rules: readonly KeepRule[];
  readonly pairs: KnownPairs;
  /** How two pictures relate of which the group has both. */
  readonly relate: (a: Candidate, b: Candidate) => DuplicateRelation;
}

/**
 * Chooses what is kept of a group. What is protected always is, and further names of a file that stays are left alone: they
 * free nothing.
 * @param candidates one or more
 */
export function draftGroup(candidates: readonly PlanCandidate[], parts: DraftParts): GroupDraft {
  const { rules, pairs, relate } = parts;
  const safe = candidates.filter(({ protectedBy }) => protectedBy !== null);
  const choice = chooseKept(safe.length > 0 ? safe : candidates, rules);
  const reasons = new Map(choice.others.map(({ file, reason }) => [file, reason]));
  const stays = new Set([choice.kept, ...safe].map(({ identity }) => identity));
  const kept = [choice.kept, ...candidates.filter((one) => one !== choice.kept && stays.has(one.identity))];
  const dropped = candidates
    .filter(({ identity }) => !stays.has(identity))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const freed = bytesFreed(dropped);
  const drops = dropped.map((file) => {
    // Of several that stay, one of the same bytes says most.
    const keep =
      safe.find(({ file: { contentHash } }) => contentHash === file.file.contentHash) ?? choice.kept;
    return {
      ...{ file, keep, relation: relate(file, keep) },
      reason: safe.length > 0 ? protectedReason(keep, file) : (reasons.get(file) as string),
      warnings: warnOfLoss(file, keep, pairs),
      freesBytes: freed.get(file) ?? 0,
    };
  });
  return { kept, drops };
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
