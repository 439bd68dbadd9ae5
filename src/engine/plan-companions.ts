import { basename } from 'node:path';
import type { DraftedDrop } from '../curation/draft-group.ts';
import type { LeftFile } from '../curation/left-file.ts';
import type { PlannedFile } from '../curation/plan.ts';
import { type FolderCompanions, isSameEnding, type PlacedCompanion } from './folder-companions.ts';

/** A companion that goes with a picture. */
export interface GoingCompanion {
  readonly file: PlannedFile;
  /** What stays for it: a companion of the same bytes, or the picture that is kept. */
  readonly keep: PlannedFile;
  /** A sentence. */
  readonly reason: string;
  readonly freesBytes: number;
}

/** A picture that is dropped, with all that goes with it. */
export interface AccompaniedDrop extends DraftedDrop {
  readonly companions: readonly GoingCompanion[];
}

/** What companions come to. */
export interface CompanionPlan {
  readonly drops: readonly AccompaniedDrop[];
  readonly left: readonly LeftFile[];
}

/**
 * Sees to what lies beside the pictures of a plan. A picture whose raw file or movie has no equal beside the kept file is
 * left; what belongs to something that stays, stays; everything else goes along.
 * @param drops of all groups
 * @param mustStay whether nothing may be done to a path for another file's sake
 * @param isForGood whether nothing takes back what is done: then a sidecar without an equal keeps its picture too
 */
export async function planCompanions(
  drops: readonly DraftedDrop[],
  beside: FolderCompanions,
  mustStay: (path: string) => boolean,
  isForGood: boolean,
): Promise<CompanionPlan> {
  /** By what they are names of: further names of a file that is left would free nothing. */
  const reasons = new Map<string, Omit<LeftFile, 'path'>>();
  for (const { file, keep } of drops) {
    const why = await whyLeft(file.path, keep.path, beside, mustStay, isForGood);
    if (why !== null) {
      reasons.set(file.identity, why);
    }
  }
  const going = drops.filter(({ file }) => !reasons.has(file.identity));
  const left = drops.flatMap(({ file: { path, identity } }) => {
    const why = reasons.get(identity);
    return why === undefined ? [] : [{ path, ...why }];
  });
  return { drops: await withCompanions(going, beside, mustStay), left };
}

/** Null when a picture may go. */
async function whyLeft(
  path: string,
  kept: string,
  beside: FolderCompanions,
  mustStay: (path: string) => boolean,
  isForGood: boolean,
): Promise<Omit<LeftFile, 'path'> | null> {
  const companions = await beside.of(path);
  if (companions === null) {
    return { why: 'unread-folder', companion: null };
  }
  for (const companion of companions) {
    const { kind, owners } = companion;
    if ((kind === 'sidecar' && !isForGood) || owners.includes(kept)) {
      continue;
    }
    if (mustStay(companion.path) || (await beside.equalBeside(companion, kept)) === null) {
      return { why: kind, companion: companion.path };
    }
  }
  return null;
}

async function withCompanions(
  drops: readonly DraftedDrop[],
  beside: FolderCompanions,
  mustStay: (path: string) => boolean,
): Promise<AccompaniedDrop[]> {
  const gone = new Set(drops.map(({ file }) => file.path));
  const taken = new Set<string>();
  const goes = ({ path, owners }: PlacedCompanion) =>
    owners.every((owner) => gone.has(owner)) && !taken.has(path) && !mustStay(path);
  const accompanied = drops.map((drop) => ({
    drop,
    companions: [] as GoingCompanion[],
    lost: [] as string[],
  }));
  for (const isSidecar of [false, true]) {
    for (const { drop, companions, lost } of accompanied) {
      // A raw file has sidecars of its own.
      const owners = [drop.file.path, ...companions.map(({ file }) => file.path)];
      const all = (await Promise.all(owners.map((owner) => beside.of(owner)))).flatMap((one) => one ?? []);
      for (const companion of new Set(all)) {
        const isTurn = (companion.kind === 'sidecar') === isSidecar;
        const going = isTurn && goes(companion) ? await goingWith(companion, drop, beside) : null;
        if (going !== null) {
          taken.add(companion.path);
          gone.add(companion.path);
          companions.push(going);
          lost.push(...(await sidecarWarnings(companion, drop, beside)));
        }
      }
    }
  }
  return accompanied.map(({ drop, companions, lost }) => ({
    ...drop,
    warnings: [...drop.warnings, ...lost],
    companions,
  }));
}

async function goingWith(
  companion: PlacedCompanion,
  { file, keep }: DraftedDrop,
  beside: FolderCompanions,
): Promise<GoingCompanion | null> {
  const seen = await beside.see(companion.path);
  const equal = await beside.equalBeside(companion, keep.path);
  if (seen === null || (companion.kind !== 'sidecar' && equal === null)) {
    return null;
  }
  return {
    file: seen.file,
    keep: equal?.file ?? keep.file,
    reason: `Goes with ${basename(file.path)}${equal === null ? '' : `, and ${basename(equal.file.path)} beside the kept file has the same bytes`}.`,
    freesBytes: seen.links > 1 ? 0 : seen.file.sizeBytes,
  };
}

/** What is lost with a sidecar, a sentence. */
async function sidecarWarnings(
  { path, kind }: PlacedCompanion,
  { keep }: DraftedDrop,
  beside: FolderCompanions,
): Promise<string[]> {
  const others = ((await beside.of(keep.path)) ?? []).filter(
    (other) => other.kind === 'sidecar' && isSameEnding(path, other.path),
  );
  if (kind !== 'sidecar' || (await beside.equalBeside({ path, kind, owners: [] }, keep.path)) !== null) {
    return [];
  }
  return others.length === 0
    ? [`The dropped file has the sidecar ${basename(path)}, and the kept one has none of its kind.`]
    : [`The sidecar ${basename(path)} of the dropped file says something else than that of the kept one.`];
}
