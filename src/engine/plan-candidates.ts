import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { PlanCandidate } from '../curation/draft-group.ts';
import type { LeftFile } from '../curation/left-file.ts';
import { isAtOrBelow } from '../domain/is-below.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import { type PathLooks, type ThereFile, thereAt } from '../duplicates/path-look.ts';
import type { WeighedGroup } from '../duplicates/weigh-report.ts';
import type { DeviceTable } from '../indexer/device-table.ts';
import { lookOf } from '../indexer/file-look.ts';
import { stampOf } from '../indexer/file-stamp.ts';
import { readRating } from './read-rating.ts';

/** What candidates are made by. */
export interface CandidateParts {
  readonly looks: PathLooks;
  readonly devices: DeviceTable;
  /** Folders that were indexed, absolute and without symbolic links. */
  readonly roots: readonly string[];
  /** Likewise: folders in which nothing is dropped. */
  readonly protectedFolders: readonly string[];
}

/** The files of a group that a plan can name, each path once, and those that it cannot. */
export async function planCandidates(
  { pictures }: WeighedGroup,
  parts: CandidateParts,
): Promise<{ readonly candidates: readonly PlanCandidate[]; readonly left: readonly LeftFile[] }> {
  const candidates = new Map<string, PlanCandidate>();
  const left: LeftFile[] = [];
  for (const picture of pictures) {
    for (const { path } of picture.files) {
      const there = thereAt(parts.looks, path);
      if (there === null) {
        left.push({ path, why: 'away', companion: null });
        continue;
      }
      const made = await candidateOf(path, there, picture, parts);
      if (typeof made === 'string') {
        left.push({ path, why: made, companion: null });
      } else if (!candidates.has(made.path)) {
        candidates.set(made.path, made);
      }
    }
  }
  return { candidates: [...candidates.values()], left };
}

async function candidateOf(
  path: string,
  { isLink, isUpload }: ThereFile,
  { files: _files, fileCount: _count, ...picture }: CatalogPicture,
  { devices, roots, protectedFolders }: CandidateParts,
): Promise<PlanCandidate | LeftFile['why']> {
  if (isUpload || isLink) {
    return isUpload ? 'upload' : 'link';
  }
  try {
    const real = join(await realpath(dirname(path)), basename(path));
    const stats = await lstat(real, { bigint: true });
    if (!roots.some((root) => isAtOrBelow(real, root))) {
      return 'outside';
    }
    const look = lookOf(stats);
    const { sizeBytes, modifiedMs, device, inode } = stampOf(real, look, devices);
    if (!stats.isFile() || sizeBytes !== picture.sizeBytes) {
      return 'away';
    }
    return {
      ...{ path: real, picture, modifiedMs, rating: await readRating(real, picture.format) },
      file: {
        ...{ path: real, contentHash: picture.contentHash, imageDataHash: picture.imageDataHash },
        ...{ sizeBytes, modifiedMs, device, inode },
      },
      ...{ identity: `${stats.dev} ${stats.ino}`, links: Number(stats.nlink) },
      protectedBy: protectedFolders.find((folder) => isAtOrBelow(real, folder)) ?? null,
    };
  } catch {
    return 'away';
  }
}
