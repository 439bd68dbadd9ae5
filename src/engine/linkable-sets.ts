import type { PlanCandidate } from '../curation/draft-group.ts';
import type { LeftFile, LeftReason } from '../curation/left-file.ts';
import type { PlanAction } from '../curation/plan.ts';

/** Whether an action makes one file of two, or shares blocks: only what has the same bytes can be. */
export function isLinking(action: PlanAction): boolean {
  return action === 'hardlink' || action === 'reflink';
}

/** Files of the same bytes on one device, and one for each set of others that stays for its own sake. */
export interface LinkableSets {
  readonly sets: ReadonlyArray<readonly PlanCandidate[]>;
  readonly left: readonly LeftFile[];
}

/** Sorts the files of a group into sets that can be names of one file, or share its blocks. */
export function linkableSets(candidates: readonly PlanCandidate[]): LinkableSets {
  const sets = new Map<string, PlanCandidate[]>();
  const hashes = new Set<string>();
  const left: LeftFile[] = [];
  for (const candidate of candidates) {
    const { contentHash } = candidate.file;
    const key = `${contentHash} ${deviceOf(candidate)}`;
    const set = sets.get(key) ?? [];
    if (set.length === 0 && sets.size > 0) {
      left.push(leave(candidate, hashes.has(contentHash) ? 'other-device' : 'not-identical'));
    }
    hashes.add(contentHash);
    sets.set(key, set);
    set.push(candidate);
  }
  return { sets: [...sets.values()], left };
}

/** `st_dev`, of the moment. */
export function deviceOf({ identity }: Pick<PlanCandidate, 'identity'>): string {
  return identity.slice(0, identity.indexOf(' '));
}

export function leave({ path }: Pick<PlanCandidate, 'path'>, why: LeftReason): LeftFile {
  return { path, why, companion: null };
}
