import type { Candidate, RatedPicture } from './candidate.ts';
import { formatInWords } from './in-words.ts';
import type { KnownPairs, PairFacts } from './pair-facts.ts';
import { isLossless } from './rank-rules.ts';

/** Says what a file that is dropped has and the kept one lacks, a sentence each. */
export function warnOfLoss(
  { picture: dropped, rating: stars }: Candidate,
  { picture: kept, rating: keptStars }: Candidate,
  pairs: KnownPairs,
): string[] {
  const warnings = [
    ...(dropped.id === kept.id ? [] : pictureWarnings(dropped, kept, pairs)),
    ...ratingWarnings(stars, keptStars),
  ];
  return warnings.flatMap(([isLost, sentence]) => (isLost ? [sentence] : []));
}

/** A sentence, and whether it is true. */
type Warning = readonly [isLost: boolean, sentence: string];

function pictureWarnings(dropped: RatedPicture, kept: RatedPicture, pairs: KnownPairs): Warning[] {
  const facts = pairs.between(dropped.id, kept.id);
  return [...pixelWarnings(dropped, kept, facts), ...metadataWarnings(dropped, kept)];
}

/** Also of the same bytes: it may be written beside them. */
function ratingWarnings(dropped: number | null, kept: number | null): Warning[] {
  return [
    [
      dropped !== null && dropped !== kept,
      `The dropped file is rated ${dropped} of 5, and the kept one ${kept === null ? 'is not' : kept}.`,
    ],
  ];
}

function pixelWarnings(dropped: RatedPicture, kept: RatedPicture, facts: PairFacts | null): Warning[] {
  return [
    [
      (dropped.bitDepth ?? 0) > (kept.bitDepth ?? Number.POSITIVE_INFINITY),
      `The dropped file has ${dropped.bitDepth} bits a channel, and the kept one ${kept.bitDepth}.`,
    ],
    [
      facts !== null && isLossless(dropped) && !isLossless(kept),
      `The dropped file is ${formatInWords(dropped)}, which loses nothing, and the kept one ${formatInWords(kept)}.`,
    ],
  ];
}

function metadataWarnings(dropped: RatedPicture, kept: RatedPicture): Warning[] {
  const { latitude, longitude } = dropped;
  return [
    [
      dropped.takenAt !== null && kept.takenAt === null,
      `The dropped file tells when it was taken (${dropped.takenAt}), and the kept one does not.`,
    ],
    [
      dropped.camera !== null && kept.camera === null,
      `The dropped file names its camera (${dropped.camera}), and the kept one names none.`,
    ],
    [
      hasPlace(dropped) && !hasPlace(kept),
      `The dropped file has a place (${latitude?.toFixed(2)}, ${longitude?.toFixed(2)}), and the kept one has none.`,
    ],
  ];
}

function hasPlace({ latitude, longitude }: RatedPicture): boolean {
  return latitude !== null && longitude !== null;
}
