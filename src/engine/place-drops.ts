import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LeftFile } from '../curation/left-file.ts';
import { freeName, placesBelow } from '../curation/places-below.ts';
import { EideticError } from '../domain/errors.ts';
import { isAtOrBelow } from '../domain/is-below.ts';
import { deviceOf, leave } from './linkable-sets.ts';
import type { AccompaniedDrop } from './plan-companions.ts';
import { realPlace } from './real-place.ts';

/** A drop with the places that it and its companions move to; null where they do not move. */
export interface PlacedDrop extends AccompaniedDrop {
  readonly to: string | null;
  readonly companionsTo: readonly (string | null)[];
}

/**
 * Says where what is dropped moves to: below a folder, as it lay below its root, by names that are free.
 * @param roots folders that were indexed, absolute
 * @param moveTo absolute; null where nothing moves
 * @returns those on other devices apart: a move copies nothing
 * @throws EideticError INVALID_INPUT when it is no folder, or on another device than every drop
 */
export async function placeDrops(
  drops: readonly AccompaniedDrop[],
  roots: readonly string[],
  moveTo: string | null,
): Promise<{ readonly drops: readonly PlacedDrop[]; readonly left: readonly LeftFile[] }> {
  if (moveTo === null) {
    return {
      drops: drops.map((drop) => ({ ...drop, to: null, companionsTo: drop.companions.map(() => null) })),
      left: [],
    };
  }
  const target = realPlace(moveTo);
  const device = String(await deviceAt(target));
  const placeOf = placesBelow(roots, target);
  const taken = new Set<string>();
  const take = async (path: string): Promise<string> => {
    const wished = placeOf(path) as string;
    const there = new Set<string>();
    for (;;) {
      const free = freeName(wished, (one) => taken.has(one.toLowerCase()) || there.has(one));
      if (!(await isThere(free))) {
        taken.add(free.toLowerCase());
        return free;
      }
      there.add(free);
    }
  };
  const placed: PlacedDrop[] = [];
  const left: LeftFile[] = [];
  for (const drop of drops) {
    if (deviceOf(drop.file) !== device) {
      left.push(leave(drop.file, 'other-device-than-target'));
      continue;
    }
    const to = await take(drop.file.path);
    const companionsTo: string[] = [];
    for (const { file } of drop.companions) {
      companionsTo.push(await take(file.path));
    }
    placed.push({ ...drop, to, companionsTo });
  }
  const [first] = drops;
  if (first !== undefined && placed.length === 0) {
    throw await refuseTarget(target, first, roots);
  }
  return { drops: placed, left };
}

async function refuseTarget(
  target: string,
  { file }: AccompaniedDrop,
  roots: readonly string[],
): Promise<EideticError> {
  const root = roots.find((one) => isAtOrBelow(file.path, one)) ?? dirname(file.path);
  const beside = dirname(root);
  const isOnDisk = String(await deviceAt(beside)) === deviceOf(file);
  return new EideticError(
    'INVALID_INPUT',
    `Nothing can be moved to ${target}: it lies on another disk than ${file.path} and all others that would go there, and a move only renames, and copies nothing; name a folder on the disk of the pictures, for example ${join(isOnDisk ? beside : root, 'duplicates')}.`,
  );
}

/** Of the first folder on the way up that is there. @throws EideticError INVALID_INPUT when it is no folder */
async function deviceAt(target: string): Promise<bigint> {
  for (let folder = target; ; folder = dirname(folder)) {
    const stats = await lstat(folder, { bigint: true }).catch(() => null);
    if (stats?.isDirectory()) {
      return stats.dev;
    }
    if (stats !== null || folder === dirname(folder)) {
      throw new EideticError(
        'INVALID_INPUT',
        `Files cannot be moved to ${target}: ${folder} is no folder; name a folder, which need not be there yet.`,
      );
    }
  }
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
