import type { DecidedPicture } from '../domain/decision.ts';
import type { ReportDecisions } from '../duplicates/report-decisions.ts';

/**
 * Whether somebody decided that a file is not to go for the sake of another. What was said last of the two counts; what was
 * said to be kept beside any other picture stays for good, and one file of it is enough.
 */
export function isToBeKept(
  { standing, about }: Pick<ReportDecisions, 'standing' | 'about'>,
  dropped: DecidedPicture,
  kept: DecidedPicture,
): boolean {
  const said = about(dropped).flatMap((place) => standing[place] ?? []);
  if (dropped.contentHash === kept.contentHash) {
    return said.some(({ kind, pictures }) => kind === 'keep-both' && pictures.length === 1);
  }
  const ofKept = new Set(about(kept).flatMap((place) => standing[place] ?? []));
  const last = said.findLast((one) => ofKept.has(one));
  return (
    last?.kind !== 'copy' && (last?.kind === 'not-copy' || said.some(({ kind }) => kind === 'keep-both'))
  );
}
