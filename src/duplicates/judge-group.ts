import type { DecidedPicture, NewDecision } from '../domain/decision.ts';
import type { PictureId } from '../domain/picture.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import { type ReportDecisions, type SaidDecision, saidIn } from './report-decisions.ts';

/** That persons decided to keep what is in a group, or some of it. */
export interface GroupDecision {
  /** Whether it was decided of every two of its pictures; of one picture, of its several files. */
  readonly isDismissed: boolean;
  /** The last decision of that kind. */
  readonly said: SaidDecision;
  /** Those that nobody decided to keep beside another of the group, ascending: what has come since is among them. */
  readonly joined: readonly PictureId[];
}

/** Pictures that the same decisions are about, so that the same holds for them. */
interface AlikeDecided {
  readonly places: readonly number[];
  readonly members: PictureId[];
}

/**
 * What persons decided of a group: pictures that are no copies of each other, and such that are all kept. It takes no longer
 * than the group and the decisions about it are large.
 * @param pictures of one group, all that are equal among them
 * @returns null when nobody decided so of any two of them
 */
export function judgeGroup(
  pictures: readonly CatalogPicture[],
  decisions: ReportDecisions,
): GroupDecision | null {
  const touched = touchedBy(pictures, decisions);
  if (touched.size === 0) {
    return null;
  }
  const [only, ...others] = pictures;
  if (only !== undefined && others.length === 0) {
    return judgeAlone([...touched.keys()], decisions);
  }
  const alike = groupAlike(pictures, touched, decisions);
  const kept = new Set<number>();
  let [pairs, last] = [0, -1];
  for (const { place, i, j, held } of heldPairs(alike)) {
    if (held > 0 && decisions.standing[place]?.kind !== 'copy') {
      pairs += held;
      last = Math.max(last, place);
      kept.add(i).add(j);
    }
  }
  if (last < 0) {
    return null;
  }
  const keptIds = new Set([...kept].flatMap((i) => alike[i]?.members ?? []));
  return {
    isDismissed: pairs === (pictures.length * (pictures.length - 1)) / 2,
    said: saidIn(decisions.standing[last] as NewDecision),
    joined: pictures
      .map(({ id }) => id)
      .filter((id) => !keptIds.has(id))
      .sort((a, b) => a - b),
  };
}

/** Each two that a decision has both of, with how many pairs of pictures they make and the last such decision. */
function* heldPairs(alike: readonly AlikeDecided[]): Generator<{
  readonly place: number;
  readonly i: number;
  readonly j: number;
  readonly held: number;
}> {
  const alikeAt = new Map<number, number[]>();
  for (const [i, { places }] of alike.entries()) {
    for (const place of places) {
      alikeAt.set(place, alikeAt.get(place) ?? []);
      alikeAt.get(place)?.push(i);
    }
  }
  const settled = new Set<string>();
  for (const [place, covered] of [...alikeAt].sort(([a], [b]) => b - a)) {
    for (const [n, i] of covered.entries()) {
      for (const j of covered.slice(n).filter((other) => !settled.has(`${i} ${other}`))) {
        settled.add(`${i} ${j}`);
        yield { place, i, j, held: pairsBetween(alike, i, j) };
      }
    }
  }
}

/** Whether the files of one picture are all kept is told by what was said of it alone. */
function judgeAlone(places: readonly number[], { standing }: ReportDecisions): GroupDecision | null {
  const said = places
    .toSorted((a, b) => b - a)
    .map((place) => standing[place] as NewDecision)
    .find(({ pictures }) => pictures.length === 1);
  return said === undefined ? null : { isDismissed: true, said: saidIn(said), joined: [] };
}

/** The pictures of each decision about some of them. */
function touchedBy(
  pictures: readonly CatalogPicture[],
  decisions: ReportDecisions,
): Map<number, CatalogPicture[]> {
  const touched = new Map<number, CatalogPicture[]>();
  for (const picture of pictures) {
    for (const place of decisions.about(picture)) {
      const found = touched.get(place) ?? [];
      touched.set(place, found);
      found.push(picture);
    }
  }
  return touched;
}

function groupAlike(
  pictures: readonly CatalogPicture[],
  touched: ReadonlyMap<number, readonly CatalogPicture[]>,
  { standing }: ReportDecisions,
): AlikeDecided[] {
  const placesOf = new Map<PictureId, number[]>(pictures.map(({ id }) => [id, []]));
  for (const [place, candidates] of touched) {
    for (const id of coveredBy(standing[place] as NewDecision, candidates)) {
      placesOf.get(id)?.push(place);
    }
  }
  const alike = new Map<string, AlikeDecided>();
  for (const [id, places] of placesOf) {
    const key = places.sort((a, b) => a - b).join(' ');
    const found = alike.get(key) ?? { places, members: [] };
    alike.set(key, found);
    found.members.push(id);
  }
  return [...alike.values()];
}

/**
 * Which pictures a decision is about: those of its bytes, and for each of its pictures of which the bytes are gone one of its
 * image data, the earliest in the library. A further one of the same image data is a copy that came since.
 */
function coveredBy({ pictures }: NewDecision, candidates: readonly CatalogPicture[]): PictureId[] {
  const exact = new Set(pictures.map(({ contentHash }) => contentHash));
  const there = new Set(candidates.map(({ contentHash }) => contentHash));
  const rewritten = new Map<string, number>();
  const gone = pictures.filter(({ contentHash }) => !there.has(contentHash));
  for (const { imageDataHash } of gone as readonly DecidedPicture[]) {
    if (imageDataHash !== null) {
      rewritten.set(imageDataHash, (rewritten.get(imageDataHash) ?? 0) + 1);
    }
  }
  const covered: PictureId[] = [];
  for (const { id, contentHash, imageDataHash } of candidates.toSorted((a, b) => a.id - b.id)) {
    const left = rewritten.get(imageDataHash ?? '') ?? 0;
    if (exact.has(contentHash)) {
      covered.push(id);
    } else if (imageDataHash !== null && left > 0) {
      rewritten.set(imageDataHash, left - 1);
      covered.push(id);
    }
  }
  return covered;
}

/** How many pairs of pictures two sets of them make; within one where both are the same. */
function pairsBetween(alike: readonly AlikeDecided[], i: number, j: number): number {
  const [one, other] = [alike[i]?.members.length ?? 0, alike[j]?.members.length ?? 0];
  return i === j ? (one * (one - 1)) / 2 : one * other;
}
