import { dirname, join } from 'node:path';
import type { PlannedAction } from '../curation/plan.ts';
import type { FileListing } from './file-listing.ts';
import { attributesPath } from './journal.ts';
import type { Step } from './journal-entry.ts';
import { Refusal } from './refusal.ts';
import { lstatOrNull, markOf, type SeenFile } from './seen-file.ts';
import type { TrashPlaces } from './trash-places.ts';
import { refuseOtherSidecar, type Sidecar } from './write-sidecar.ts';

/** An action that was looked at, and what is to be written down and made before it is done. */
export interface PreparedStep {
  readonly action: PlannedAction;
  readonly drop: SeenFile;
  readonly keep: SeenFile;
  readonly step: Step;
  /** Written before it is done; null when the file that stays lacks nothing. */
  readonly sidecar: Sidecar | null;
  /** Folders that are not there yet, the outermost first. */
  readonly missing: readonly string[];
}

interface StepParts {
  readonly library: string;
  readonly planId: string;
  readonly trash: TrashPlaces;
  /** By the path of the file that stays. */
  readonly sidecars: ReadonlyMap<string, Sidecar>;
  readonly listing: Pick<FileListing, 'has'>;
  /** Whether it was written down that a sidecar would be written. */
  isOurs(sidecar: Sidecar): boolean;
}

/**
 * Says what exactly will be done.
 * @throws Refusal when it cannot be done
 */
export async function prepareStep(
  action: PlannedAction,
  drop: SeenFile,
  keep: SeenFile,
  parts: StepParts,
): Promise<PreparedStep> {
  const sidecar = parts.sidecars.get(keep.path) ?? null;
  if (sidecar !== null) {
    await refuseOtherSidecar(sidecar, parts.isOurs(sidecar));
  }
  const where = await whereTo(action, drop, parts);
  const folders = [where.to, where.info?.path].flatMap((path) => (path == null ? [] : [dirname(path)]));
  const missing = new Set<string>();
  for (const folder of folders) {
    for (const path of await missingAbove(folder, drop)) {
      missing.add(path);
    }
  }
  const step = {
    action: action.action,
    from: drop.path,
    file: markOf(drop.stats),
    contentHash: drop.contentHash,
    keep: keep.path,
    ...where,
    wasListed: await parts.listing.has(drop.path),
  };
  return { action, drop, keep, step, sidecar, missing: [...missing] };
}

async function whereTo(
  { action, to, number }: PlannedAction,
  drop: SeenFile,
  { library, planId, trash }: StepParts,
): Promise<Pick<Step, 'to' | 'info' | 'temporary' | 'attributes'>> {
  const nothing = { to: null, info: null, temporary: null, attributes: null };
  switch (action) {
    case 'trash': {
      const { file, info } = await trash.choose(await trash.of(drop.path), drop.path, new Date());
      return { ...nothing, to: file, info };
    }
    case 'move':
      if (to === null || (await lstatOrNull(to)) !== null) {
        throw new Refusal(`something is at ${to} already`);
      }
      return { ...nothing, to };
    case 'hardlink':
    case 'reflink':
      return {
        ...nothing,
        temporary: join(dirname(drop.path), `.eidetic-${planId.slice(0, 8)}-${number}`),
        attributes: attributesPath(library, planId, number),
      };
    case 'delete':
      return nothing;
  }
}

/**
 * A folder and those above it, as far as they are not there, the outermost first.
 * @throws Refusal when it would lie on another file system than the file
 */
async function missingAbove(folder: string, drop: SeenFile): Promise<string[]> {
  const missing: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    const there = await lstatOrNull(at);
    if (there === null) {
      missing.unshift(at);
    } else if (!there.isDirectory()) {
      throw new Refusal(`${at}, where it would go, is no folder`);
    } else if (there.dev !== drop.stats.dev) {
      throw new Refusal(`${at}, where it would go, lies on another disk; name a place on the same one`);
    } else {
      return missing;
    }
  }
}
