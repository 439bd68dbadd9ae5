import { KNOWN, type KnownPage, NUMBERS_OF_KNOWN } from '../domain/known-page.ts';
import type { DeviceTable } from './device-table.ts';
import { hasLastingInodes } from './file-stamp.ts';
import type { FoundRun } from './found-files.ts';
import { LOOK, NUMBERS_OF_LOOK } from './packed-looks.ts';

/**
 * How many files of a run, from one on, are the next that are known, and are plainly as they are known: indexed,
 * described by all models, with nothing to add. What is compared is what compareFile and filledStamp compare; they
 * decide about the file that this stops at.
 * @param from place of the first in the run
 * @param at place of the first in the page
 */
export function countUnchanged(
  run: FoundRun,
  from: number,
  page: KnownPage,
  at: number,
  devices: DeviceTable,
): number {
  if (!run.before.startsWith(page.before)) {
    return 0;
  }
  const between = run.before.slice(page.before.length);
  const sameDevice = deviceComparison(run, page, devices);
  const most = Math.min(run.to - from, page.names.length - at);
  for (let n = 0; n < most; n++) {
    const name = run.names[from + n] as string;
    const known = page.names[at + n] as string;
    const isSame =
      known.length === between.length + name.length &&
      known.endsWith(name) &&
      known.startsWith(between) &&
      areSameNumbers(run.packed, (from + n) * NUMBERS_OF_LOOK, page.numbers, (at + n) * NUMBERS_OF_KNOWN) &&
      sameDevice(from + n, at + n);
    if (!isSame) {
      return n;
    }
  }
  return most;
}

function areSameNumbers(look: Float64Array, l: number, known: Float64Array, k: number): boolean {
  return (
    look[l + LOOK.sizeBytes] === known[k + KNOWN.sizeBytes] &&
    look[l + LOOK.modifiedMs] === known[k + KNOWN.modifiedMs] &&
    look[l + LOOK.changedMs] === known[k + KNOWN.changedMs]
  );
}

/** Compares devices and inodes of places in a run and a page; nearly all files of a folder lie on one device. */
function deviceComparison(
  { before, names, packed }: FoundRun,
  { numbers, devices: known }: KnownPage,
  devices: DeviceTable,
): (found: number, at: number) => boolean {
  let [dev, place]: [number | undefined, number | undefined] = [undefined, undefined];
  let [isSame, hasInodes] = [false, true];
  return (found, at) => {
    const look = found * NUMBERS_OF_LOOK;
    const k = at * NUMBERS_OF_KNOWN;
    if (dev !== packed[look + LOOK.dev] || place !== numbers[k + KNOWN.device]) {
      dev = packed[look + LOOK.dev];
      place = numbers[k + KNOWN.device];
      const device = devices.identityOf(BigInt(dev as number), before + names[found]);
      isSame = device === (known[place as number] ?? null);
      hasInodes = hasLastingInodes(device);
    }
    const [inode, knownInode] = [packed[look + LOOK.inode], numbers[k + KNOWN.inode]];
    return isSame && (hasInodes ? inode === knownInode : Number.isNaN(knownInode));
  };
}
