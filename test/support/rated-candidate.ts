import type { EditedSide } from '../../src/copies/tell-edit.ts';
import type { Candidate, RatedPicture } from '../../src/curation/candidate.ts';
import type { PairFacts, PictureBeside } from '../../src/curation/pair-facts.ts';

/** A file as keep rules look at it: a JPEG of 800 x 600 pixels that tells nothing, but for what is named. */
export function ratedCandidate(
  path: string,
  {
    modifiedMs = 0,
    rating = null,
    ...picture
  }: Partial<RatedPicture> & Partial<Pick<Candidate, 'modifiedMs' | 'rating'>> = {},
): Candidate {
  return {
    path,
    modifiedMs,
    rating,
    picture: {
      ...{ id: 1, contentHash: '0'.repeat(64), imageDataHash: null, sizeBytes: 1000 },
      ...{ format: 'jpeg', width: 800, height: 600, pages: 1, bitDepth: 8 },
      ...{ takenAt: null, camera: null, latitude: null, longitude: null },
      ...picture,
    },
  };
}

/** What laying two pictures over each other tells of either where they show the same. */
export const SIDE_OF_A_WHOLE: EditedSide = {
  ...{ share: 1, isAllInOther: true, showsMore: false, isAsFine: true, isGray: false },
  ...{ isFaded: false, mayBeFaded: false, isSharper: false },
  ...{ isEdited: false, isSaved: false, isSource: false },
};

/** What is told of two pictures that show the same, but for what is named. */
export function factsOfPair(
  first: Partial<PictureBeside> = {},
  second: Partial<PictureBeside> = {},
  differs = 0,
): PairFacts {
  const same = { ...SIDE_OF_A_WHOLE, hasMargin: false, hasPalette: false };
  return {
    first: { ...same, ...first },
    second: { ...same, ...second },
    differs,
    isMarked: false,
    isAltered: false,
  };
}
