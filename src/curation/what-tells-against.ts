import type { LeftReason } from './left-file.ts';
import type { PairFacts } from './pair-facts.ts';

/**
 * What was seen of two copies that tells against dropping the first for the second. A margin at which nobody could look may be
 * more than that.
 * @returns null for nothing
 */
export function whatTellsAgainst(facts: PairFacts): LeftReason | null {
  const { first } = facts;
  const seen: readonly (readonly [LeftReason, boolean])[] = [
    ['shows-more', !first.isAllInOther && first.hasMargin !== true],
    ['altered', facts.isAltered],
    ['differs', facts.differs > 0 || facts.isMarked],
    ['fewer-colors', facts.second.hasPalette && !first.hasPalette],
    // Programs differ in how gray they make a color.
    ['edited', first.isEdited && !first.isGray],
    ['sharpened', !first.isFaded && isSharpened(facts)],
    ['finer', mayBeFiner(facts)],
  ];
  return seen.find(([, isSo]) => isSo)?.[0] ?? null;
}

/** What was made smaller is sharpened often, and the larger one has what it was made of. */
function isSharpened({ first, second }: PairFacts): boolean {
  return second.isSharper || (first.isSharper && first.isAsFine);
}

/**
 * Whether what stands in a frame was enlarged for it, as in a screenshot of a photo, nobody looks; and what is written in one may
 * have been put around a photo that was saved once more.
 */
function mayBeFiner({ first, second }: PairFacts): boolean {
  const frame = second.showsMore ? second.hasMargin : false;
  const isFramed = frame === null || (frame && !first.isAsFine);
  const isCoarser = !second.isAsFine && !first.isFaded;
  return second.mayBeFaded || isFramed || isCoarser;
}
