import { createHash } from 'node:crypto';
import { type BigIntStats, createReadStream } from 'node:fs';
import { lstat } from 'node:fs/promises';
import type { PlannedFile } from '../curation/plan.ts';
import type { DeviceTable } from '../indexer/device-table.ts';
import { lookOf } from '../indexer/file-look.ts';
import { stampOf } from '../indexer/file-stamp.ts';

/** A companion that was read as a whole. */
export interface SeenCompanion {
  readonly file: PlannedFile;
  /** Names that it has on its file system. */
  readonly links: number;
}

/**
 * Reads and hashes a file piece by piece.
 * @returns null when it cannot be read, is no regular file, or changes meanwhile
 */
export async function seeCompanion(path: string, devices: DeviceTable): Promise<SeenCompanion | null> {
  try {
    const before = await lstat(path, { bigint: true });
    if (!before.isFile()) {
      return null;
    }
    const hash = createHash('sha256');
    for await (const piece of createReadStream(path)) {
      hash.update(piece as Uint8Array);
    }
    if (!isUnchanged(before, await lstat(path, { bigint: true }))) {
      return null;
    }
    const { sizeBytes, modifiedMs, device, inode } = stampOf(path, lookOf(before), devices);
    const contentHash = hash.digest('hex');
    return {
      file: { path, contentHash, imageDataHash: null, sizeBytes, modifiedMs, device, inode },
      links: Number(before.nlink),
    };
  } catch {
    return null;
  }
}

function isUnchanged(before: BigIntStats, after: BigIntStats): boolean {
  return (
    before.dev === after.dev &&
    before.ino === after.ino &&
    before.size === after.size &&
    before.mtimeNs === after.mtimeNs
  );
}
