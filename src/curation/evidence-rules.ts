import type { Candidate, RatedPicture } from './candidate.ts';
import { formatInWords, shareInWords } from './in-words.ts';
import { type KeepRule, pictureRule } from './keep-rule.ts';
import type { KnownPairs, PairFacts, PictureBeside } from './pair-facts.ts';
import { isLossless, pixelsOf } from './rank-rules.ts';

/**
 * What shows more of the scene, and is as fine in what both show: of a small whole and a large part neither has what the
 * other has.
 */
export function uncroppedRule(pairs: KnownPairs): KeepRule {
  const isWhole = ({ showsMore, hasMargin, isAsFine }: PictureBeside) =>
    showsMore && hasMargin === false && isAsFine;
  const rule = {
    words: 'the one that the other was cropped from, unless it has fewer pixels for the same part',
    compare: (first: Candidate, second: Candidate) =>
      preferred(
        pairs,
        first,
        second,
        (facts) => Number(isWhole(facts.second)) - Number(isWhole(facts.first)),
      ),
    explain(kept: Candidate, other: Candidate) {
      const facts = factsOf(pairs, kept, other);
      return facts === null
        ? 'it shows more'
        : `it shows all that the other does, which has only ${shareInWords(facts.first.share)} of it`;
    },
  };
  return pictureRule(rule, ({ picture }) => String(pairs.classOf(picture.id)));
}

/** One sign of an edit. */
interface Sign {
  /** Whether the first of two shows it, against the second. */
  shows(edited: Candidate, other: Candidate, facts: PairFacts | null, areEqual: boolean): boolean;
  words(original: RatedPicture, edited: RatedPicture): string;
}

/** The surest come first. A picture is no original of what is finer than it, unless that is faded. */
const SIGNS: readonly Sign[] = [
  {
    // Packing a picture in a format that loses something would have changed its pixels.
    shows: ({ picture: edited }, { picture: other }, _facts, areEqual) =>
      areEqual && isLossless(edited) && !isLossless(other),
    words: (original, edited) =>
      `it is ${formatInWords(original)} with the same pixels, from which the other, ${formatInWords(edited)}, was made`,
  },
  {
    shows: (_edited, _other, facts) => facts?.first.isSaved === true && facts.second.isSource,
    words: () => 'the other was saved from it',
  },
  {
    shows: (_edited, _other, facts) => facts?.first.isFaded === true,
    words: () => 'the other is blurred, or was enlarged from a smaller picture',
  },
  {
    shows: (_edited, _other, facts) =>
      facts?.first.hasMargin === true && facts.first.showsMore && facts.second.isAsFine,
    words: () => 'the other is the same with a frame or margin around it',
  },
  {
    shows: (_edited, _other, facts) => facts?.first.isGray === true && facts.second.isAsFine,
    words: () => 'it has its colors, which the other has not',
  },
  {
    shows: ({ picture: edited }, { picture: other }) =>
      edited.camera === null && other.camera !== null && pixelsOf(other) >= pixelsOf(edited),
    words: () => 'it names the camera it was taken with, which the other does not',
  },
];

/** What the other was made from, where there are signs of that; who wrote over which picture cannot be seen. */
export function originalRule(pairs: KnownPairs): KeepRule {
  function signOf(
    first: Candidate,
    second: Candidate,
  ): { readonly sign: Sign; readonly order: number } | null {
    if (first.picture.id === second.picture.id) {
      return null;
    }
    const facts = factsOf(pairs, first, second);
    const areEqual = pairs.classOf(first.picture.id) === pairs.classOf(second.picture.id);
    for (const sign of SIGNS) {
      const order =
        Number(sign.shows(first, second, facts, areEqual)) -
        Number(sign.shows(second, first, facts && turned(facts), areEqual));
      if (order !== 0) {
        return { sign, order };
      }
    }
    return null;
  }
  const rule = {
    words:
      'the original rather than what was edited (saved anew, blurred, enlarged, framed, without color or camera)',
    compare: (first: Candidate, second: Candidate) => signOf(first, second)?.order ?? 0,
    explain: (kept: Candidate, other: Candidate) =>
      signOf(kept, other)?.sign.words(kept.picture, other.picture) ?? 'it is the original',
  };
  return pictureRule(rule, ({ picture }) =>
    [pairs.classOf(picture.id), isLossless(picture), picture.camera !== null, pixelsOf(picture)].join(' '),
  );
}

function preferred(
  pairs: KnownPairs,
  first: Candidate,
  second: Candidate,
  compare: (facts: PairFacts) => number,
): number {
  const facts = factsOf(pairs, first, second);
  return facts === null ? 0 : compare(facts);
}

function factsOf(pairs: KnownPairs, first: Candidate, second: Candidate): PairFacts | null {
  return first.picture.id === second.picture.id ? null : pairs.between(first.picture.id, second.picture.id);
}

function turned({ first, second, ...both }: PairFacts): PairFacts {
  return { ...both, first: second, second: first };
}
