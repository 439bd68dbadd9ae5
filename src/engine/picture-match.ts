import type { PairEvidence } from '../copies/compare-views.ts';
import type { Placement } from '../copies/describe-map.ts';
import { type CopyLine, isCalledCopy, type ScoredPair } from '../domain/copy-line.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';

/** How a picture relates to the one that was asked about, the most certain first. */
export const MATCH_RELATIONS = [
  'identical',
  'same-image-data',
  'same-pixels',
  'copy',
  'unsure',
  'burst',
] as const;

export type MatchRelation = (typeof MATCH_RELATIONS)[number];

/** One picture can have any number of copies: so many are looked at, or told for their hashes, at most. */
export const MOST_LOOKED_AT = 100;

/** A picture of the library that the one that was asked about is a copy of, or may be, or another shot of its scene. */
export interface PictureMatch {
  readonly picture: CatalogPicture;
  readonly relation: MatchRelation;
  /** In the space that copies are looked for in, -1 to 1; null where hashes told without it. */
  readonly similarity: number | null;
  /** See Judgement; null where hashes told, as the next two are. */
  readonly score: number | null;
  readonly evidence: PairEvidence | null;
  /** Where the picture that was asked about lies in this one; null also where that was not found. */
  readonly placement: Placement | null;
  /** How it counts where a line is drawn; null where hashes told, or something else than what was found has decided. */
  readonly scored: ScoredPair | null;
}

/** `copy`: at least one match is certain, by hashes or by looking; `unsure`: one may be a copy; `none`: neither. */
export type MatchVerdict = 'copy' | 'unsure' | 'none';

/** What looking for a picture in a library came to. */
export interface PictureMatches {
  readonly verdict: MatchVerdict;
  /** The most certain relation first, then the highest score, then the lowest id. */
  readonly matches: readonly PictureMatch[];
  /** How many pictures it was compared with by laying them over each other, now or before: what was found is kept. */
  readonly lookedAt: number;
  /** Over how many it could not be: no file of one is within reach, or one cannot be decoded. */
  readonly unknown: number;
  /** Whether there may be more matches: looking ended with the first copy, or at as many as it should. */
  readonly isCut: boolean;
  /** Of those that it was compared with, whatever came of it, but for those that something else has decided. */
  readonly looked: readonly ScoredPair[];
}

/** Matches in their order, and what they come to. */
export function summarizeMatches(
  found: readonly PictureMatch[],
  { lookedAt, unknown, isCut, looked }: Omit<PictureMatches, 'verdict' | 'matches'>,
): PictureMatches {
  const matches = [...found].sort(
    (a, b) =>
      MATCH_RELATIONS.indexOf(a.relation) - MATCH_RELATIONS.indexOf(b.relation) ||
      (b.score ?? 0) - (a.score ?? 0) ||
      a.picture.id - b.picture.id,
  );
  return { verdict: verdictOf(matches), matches, lookedAt, unknown, isCut, looked };
}

/** The same with the line between copies and what may be some drawn elsewhere. */
export function matchesAt(found: PictureMatches, line: CopyLine): PictureMatches {
  const moved = found.matches.map((match): PictureMatch => {
    const { scored } = match;
    return scored === null ? match : { ...match, relation: isCalledCopy(scored, line) ? 'copy' : 'unsure' };
  });
  return summarizeMatches(moved, found);
}

function verdictOf(matches: readonly PictureMatch[]): MatchVerdict {
  const relations = matches.map(({ relation }) => relation);
  if (relations.some((relation) => relation !== 'unsure' && relation !== 'burst')) {
    return 'copy';
  }
  return relations.includes('unsure') ? 'unsure' : 'none';
}
