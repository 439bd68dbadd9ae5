import type { PlannedAction, PlannedFile } from '../curation/plan.ts';
import type { DecidedPicture } from '../domain/decision.ts';
import { isAtOrBelow } from '../domain/is-below.ts';
import type { DeviceTable } from '../indexer/device-table.ts';
import type { FileListing } from './file-listing.ts';
import { Refusal } from './refusal.ts';
import { type SeenFile, seeFile } from './seen-file.ts';

/** Where files may be dropped. */
export interface DropPlaces {
  /** Folders and files of the library, absolute and real. */
  readonly roots: readonly string[];
  /** Has files too that lie below none of them and were named one by one. */
  readonly listing: FileListing;
  /** Folders in which nothing is dropped. */
  readonly protected: readonly string[];
  /** Whether somebody decided that a file is not to go for the sake of another. */
  isToBeKept(dropped: DecidedPicture, kept: DecidedPicture): boolean;
  /** The library's own folder. */
  readonly library: string;
  readonly devices: DeviceTable;
}

/** Files that stay and were read a moment ago: many are dropped for the sake of one. */
export type SeenKept = Map<string, SeenFile>;

/**
 * Reads the file that is dropped and the one that stays, and looks whether both are what the plan took them for.
 * @throws Refusal when not, or when nothing may be dropped there
 */
export async function lookAtAction(
  { drop, keep, action, relation, companionOf }: PlannedAction,
  places: DropPlaces,
  seenKept: SeenKept,
): Promise<{ readonly drop: SeenFile; readonly keep: SeenFile }> {
  await refusePlace(drop.path, places);
  if (companionOf === null && places.isToBeKept(drop, keep)) {
    throw new Refusal('somebody decided to keep it (see "eidetic decisions")');
  }
  const [dropped, kept] = await bothOf(
    seePlanned(drop, places.devices, 'it'),
    seenKept.get(keep.path) ?? seePlanned(keep, places.devices, `the file that stays, ${keep.path},`),
  );
  if (dropped.stats.dev === kept.stats.dev && dropped.stats.ino === kept.stats.ino) {
    throw new Refusal(
      `it and ${keep.path} are one file by two names, so nothing would be left of it elsewhere`,
    );
  }
  const mustBeEqual =
    action === 'hardlink' || action === 'reflink' || (relation === 'identical' && companionOf === null);
  if (mustBeEqual && dropped.contentHash !== kept.contentHash) {
    throw new Refusal(
      `its bytes are not those of the file that stays, ${keep.path}, as the plan says they are`,
    );
  }
  seenKept.set(keep.path, kept);
  return { drop: dropped, keep: kept };
}

async function refusePlace(path: string, { roots, listing, library, ...places }: DropPlaces): Promise<void> {
  if (isAtOrBelow(path, library)) {
    throw new Refusal('it lies in the library itself, which keeps its own files');
  }
  const folder = places.protected.find((one) => isAtOrBelow(path, one));
  if (folder !== undefined) {
    throw new Refusal(`it lies in ${folder}, which is protected`);
  }
  if (!roots.some((root) => isAtOrBelow(path, root)) && !(await listing.has(path))) {
    throw new Refusal('it lies in no folder of this library');
  }
}

/** @param subject what is refused, as the beginning of a sentence */
async function seePlanned(planned: PlannedFile, devices: DeviceTable, subject: string): Promise<SeenFile> {
  const seen = await seeFile(planned.path);
  const device = devices.identityOf(seen.stats.dev, planned.path);
  if (device !== null && planned.device !== null && device !== planned.device) {
    throw new Refusal(`${subject} lies on another disk than when the plan was made; make the plan anew`);
  }
  if (seen.contentHash !== planned.contentHash) {
    throw new Refusal(
      `${subject} has other bytes than when the plan was made; index it and make the plan anew`,
    );
  }
  return seen;
}

/** Both, also when one fails first: nothing goes on behind who has given up. */
async function bothOf<A, B>(a: Promise<A> | A, b: Promise<B> | B): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return [await a, await b];
}
