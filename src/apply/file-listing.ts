import type { BigIntStats } from 'node:fs';
import type { ContentHash } from '../domain/picture.ts';
import type { Step } from './journal-entry.ts';
import { isMarked, lstatOrNull } from './seen-file.ts';

/** A file that is at its place again, with the bytes that it had. */
export interface ReturnedFile {
  readonly path: string;
  readonly stats: BigIntStats;
  readonly contentHash: ContentHash;
}

/** The files that a library lists. When a promise resolves, what was changed survives a power cut. */
export interface FileListing {
  has(path: string): Promise<boolean>;
  /** Takes out those of the paths where there is nothing. What else is known of their pictures stays. */
  takeOut(paths: readonly string[]): Promise<void>;
  /** Lists those again whose pictures the library still has; the next index run finds the others. */
  takeBack(files: readonly ReturnedFile[]): Promise<void>;
}

/**
 * Tells the library what steps have taken away. Only to be called when that is on the disk, and before it is written down
 * that they are done: whoever finishes a run that was ended in between tells it once more.
 */
export async function tellDropped(listing: FileListing, steps: readonly Step[]): Promise<void> {
  const left = steps.filter(leavesItsPlace).map(({ from }) => from);
  if (left.length > 0) {
    await listing.takeOut(left);
  }
}

/** Tells the library which files are back that it had listed, likewise. */
export async function tellReturned(listing: FileListing, steps: readonly Step[]): Promise<void> {
  const returned: ReturnedFile[] = [];
  for (const { from, file, contentHash } of steps.filter((step) => leavesItsPlace(step) && step.wasListed)) {
    const stats = await lstatOrNull(from);
    if (stats !== null && isMarked(file, stats)) {
      returned.push({ path: from, stats, contentHash });
    }
  }
  if (returned.length > 0) {
    await listing.takeBack(returned);
  }
}

function leavesItsPlace({ action }: Step): boolean {
  return action === 'trash' || action === 'move' || action === 'delete';
}
