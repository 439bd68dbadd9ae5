import type { WeighedReport } from '../duplicates/weigh-report.ts';
import { decidedLeftOutLines } from './duplicates-decided.ts';
import { count } from './print.ts';

/** Why it is not known of pictures whether they are equal, and what helps. */
const UNKNOWN_WORDS: Readonly<Record<keyof WeighedReport['unknownPixels'], string>> = {
  unreachable:
    'no file of it is there with the bytes that were indexed (a drive that is not mounted, or changed since); mount the drive or index again',
  unfinished: 'memory or time ran out while it was decoded; ask again',
  incomparable:
    'it is a drawing, or holds frames, depth or color that cannot be compared for certain; look before you act',
};

/** What is not in a report, and why: nothing is left out unsaid. */
export function leftOutLines({
  oneFileNames,
  goneGroups,
  gonePairs,
  unknownPixels,
  undescribedFiles,
  decidedGroups,
  decidedPairs,
}: WeighedReport): string[] {
  const lines: string[] = decidedLeftOutLines({ decidedGroups, decidedPairs });
  if (goneGroups > 0) {
    lines.push(
      `${count(goneGroups, 'group')} left out: no more than one file of each is there as it was indexed, or none in another of the folders that are asked about (the others are away, deleted or changed since); mount the drive or index again.`,
    );
  }
  if (gonePairs > 0) {
    lines.push(
      `${count(gonePairs, 'pair')} of no group left out: a picture of each is not there as it was indexed (away, deleted or changed since); mount the drive or index again.`,
    );
  }
  if (oneFileNames > 0) {
    lines.push(
      `${count(oneFileNames, 'picture')} left out: all paths of each are names of one file (hard links, or a folder mounted twice).`,
    );
  }
  for (const [reason, words] of Object.entries(UNKNOWN_WORDS)) {
    const pictures = unknownPixels[reason as keyof typeof unknownPixels];
    if (pictures > 0) {
      lines.push(
        `Of ${count(pictures, 'picture')} it is not known whether the pixels are those of another that looks the same: ${words}.`,
      );
    }
  }
  if (undescribedFiles > 0) {
    lines.push(
      `${count(undescribedFiles, 'file')} not compared by their looks: the model has not described them; run "eidetic reindex".`,
    );
  }
  return lines;
}

/** What was away, or could not be looked at, so that something may be missing from the report. */
export function countLeftOut({ goneGroups, gonePairs, unknownPixels, copies }: WeighedReport): number {
  return goneGroups + gonePairs + unknownPixels.unreachable + (copies?.unknown ?? 0);
}
