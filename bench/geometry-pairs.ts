import { join } from 'node:path';
import { type CopyTruth, copySet, readTruth, sizedPicture } from './copy-set.ts';
import type { SizedPicture } from './copy-set-edits.ts';
import { findForeignPrograms } from './foreign-edits.ts';
import { realPhotos } from './real-photos.ts';

/** Of the set one in so many is looked at: 300 pairs. */
const ONE_IN = 7;

/** A copy of which it is known where it lies on its original, and both as files. */
export interface GeometryPair {
  readonly truth: CopyTruth;
  readonly copy: SizedPicture;
  readonly original: SizedPicture;
}

/** Pairs that placing is measured on, and others of the same making to warm up with. */
export interface GeometryPairs {
  readonly measured: readonly CopyTruth[];
  readonly others: readonly CopyTruth[];
  /** Reads both files. */
  read(truth: CopyTruth): Promise<GeometryPair>;
}

/** @returns null where photos or programs are missing, after saying so */
export async function geometryPairs(say: (line: string) => void): Promise<GeometryPairs | null> {
  const programs = findForeignPrograms(say);
  const collection = realPhotos();
  if (programs === null || collection.length === 0) {
    say('SKIPPED: EIDETIC_PHOTOS names no folder of photos, or a program is missing.');
    return null;
  }
  const folder = await copySet(collection, 1, programs);
  const all = readTruth(folder);
  return {
    measured: all.filter((_, i) => i % ONE_IN === 0),
    others: all.filter((_, i) => i % ONE_IN !== 0),
    read: async (truth) => ({
      truth,
      copy: await sizedPicture(join(folder, truth.file)),
      original: await sizedPicture(truth.original),
    }),
  };
}
