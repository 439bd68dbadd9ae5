import type { CopyVerdict } from '../copies/judge-pair.ts';
import type { CameraFacts } from '../domain/picture.ts';

/** When a picture was taken. */
export type Shot = Pick<CameraFacts, 'takenAt'>;

/**
 * Says why two pictures that look like one are two shots: an edited copy keeps the time at which it was taken, so pictures
 * that were taken a second or more apart are no copies of each other. A time with an offset from UTC and one without are
 * compared as the clock on the wall showed them.
 * @returns a sentence; null when nothing says so
 */
export function timesApart(a: Shot, b: Shot): string | null {
  if (a.takenAt === null || b.takenAt === null || isSameMoment(a.takenAt, b.takenAt)) {
    return null;
  }
  return `A was taken at ${a.takenAt} and B at ${b.takenAt}: they seem to be two shots, for an edited copy keeps the time it was taken, unless somebody changed it.`;
}

/** What a verdict comes to, with the times at which the pictures were taken. */
export function withTimes<Verdict extends CopyVerdict>(
  verdict: Verdict,
  a: Shot,
  b: Shot,
): Verdict | 'burst' {
  const mayBeCopy = verdict === 'copy' || verdict === 'unsure';
  return mayBeCopy && timesApart(a, b) !== null ? 'burst' : verdict;
}

/** Letters of a time to the second, without what follows it. */
const LOCAL = 'YYYY-MM-DDThh:mm:ss'.length;

/** Programs that write another offset keep the clock on the wall, or the moment. */
function isSameMoment(a: string, b: string): boolean {
  const haveOffsets = a.length > LOCAL && b.length > LOCAL;
  return a.slice(0, LOCAL) === b.slice(0, LOCAL) || (haveOffsets && Date.parse(a) === Date.parse(b));
}
