import type { DecidedPicture, NewDecision } from '../domain/decision.ts';
import type { PictureId } from '../domain/picture.ts';
import type { ReportDecisions } from '../duplicates/report-decisions.ts';

/**
 * Decisions as a report looks them up.
 * @param standing see standingDecisions
 * @param copies see ReportDecisions
 */
export function reportDecisions(
  standing: readonly NewDecision[],
  copies: ReadonlyArray<readonly PictureId[]>,
): ReportDecisions {
  const byBytes = new Map<string, number[]>();
  const byImageData = new Map<string, number[]>();
  for (const [place, { pictures }] of standing.entries()) {
    for (const { contentHash, imageDataHash } of pictures) {
      add(byBytes, contentHash, place);
      if (imageDataHash !== null) {
        add(byImageData, imageDataHash, place);
      }
    }
  }
  return {
    standing,
    copies,
    about({ contentHash, imageDataHash }: DecidedPicture) {
      const ofBytes = byBytes.get(contentHash) ?? [];
      const ofData = (imageDataHash !== null && byImageData.get(imageDataHash)) || [];
      return ofData.length === 0 ? ofBytes : [...new Set([...ofBytes, ...ofData])].sort((a, b) => a - b);
    },
  };
}

function add(places: Map<string, number[]>, hash: string, place: number): void {
  const known = places.get(hash) ?? [];
  places.set(hash, known);
  if (known.at(-1) !== place) {
    known.push(place);
  }
}
