import type { NewDecision } from '../domain/decision.ts';
import type { PictureId } from '../domain/picture.ts';
import type { PairSearch } from './pair-search.ts';
import type { ReportDecisions } from './report-decisions.ts';

/** What was decided of two representatives and all that equal them; null where nobody has. */
export type DecidedBetween = (a: PictureId, b: PictureId) => NewDecision | null;

/**
 * Tells what holds for pictures of different pixels: the last decision that has one of each side. What is equal in every
 * pixel is one picture for the question whether another is a copy of it.
 * To be made anew when classes were joined.
 */
export function decidedBetween(
  { pictures, classes }: Pick<PairSearch, 'pictures' | 'classes'>,
  decisions: ReportDecisions,
): DecidedBetween {
  if (decisions.standing.length === 0) {
    return () => null;
  }
  const known = new Map<PictureId, ReadonlySet<number>>();

  function placesOf(representative: PictureId): ReadonlySet<number> {
    let places = known.get(representative);
    if (places === undefined) {
      const members = classes.membersOf(representative).flatMap((id) => pictures.get(id) ?? []);
      places = new Set(members.flatMap((picture) => decisions.about(picture)));
      known.set(representative, places);
    }
    return places;
  }

  return (a, b) => {
    const [ofA, ofB] = [placesOf(a), placesOf(b)];
    const [fewer, more] = ofA.size <= ofB.size ? [ofA, ofB] : [ofB, ofA];
    let last = -1;
    for (const place of fewer) {
      last = more.has(place) ? Math.max(last, place) : last;
    }
    return decisions.standing[last] ?? null;
  };
}
