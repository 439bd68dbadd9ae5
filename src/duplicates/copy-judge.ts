import type { CopyLine, ScoredPair } from '../domain/copy-line.ts';
import type { PictureId } from '../domain/picture.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';

/**
 * What two pictures of different pixels are. `copy`: one was made from the other, or both from one; `burst`: one scene, taken
 * at different times; `unsure`: they show the same, and it cannot be told whether one is a copy; `unrelated`: none of these;
 * `plain`: there is nothing in either by which they could be compared.
 */
export type CopyAnswer =
  | {
      readonly kind: 'copy' | 'burst' | 'unsure' | 'unrelated' | 'plain';
      /** Null where something else than what was found of them has decided. */
      readonly scored: ScoredPair | null;
    }
  /** No file of one of them is within reach, or one cannot be decoded. */
  | { readonly kind: 'unknown' };

/** Looks at two pictures to tell whether one is a copy of the other. */
export interface CopyJudge {
  /** How many pairs it works on at once; more wait. */
  readonly parallelism: number;
  /** @throws the signal's reason; what is wrong with a picture is the answer */
  judge(a: CatalogPicture, b: CatalogPicture, signal: AbortSignal): Promise<CopyAnswer>;
  /** What is known of two pictures without looking; null where something else has decided, or nothing is. */
  knownScore(a: PictureId, b: PictureId): Promise<ScoredPair | null>;
  /**
   * Says from where on pairs are taken for copies.
   * @param pairs all that were looked at
   * @param decided of which somebody has said what they are
   */
  choose(
    pairs: readonly ScoredPair[],
    decided: ReadonlyArray<ScoredPair & { readonly isCopy: boolean }>,
  ): CopyChoice & ScoreMeaning;
}

/** Where a report draws the line between copies and what may be some, and what that is expected to get wrong. */
export interface CopyChoice extends CopyLine {
  /** How many pairs that are by what was found of them. */
  readonly called: number;
  /** How many of those are expected to be none. */
  readonly expectedWrong: number;
  /** In nine of ten collections no more are none. */
  readonly mostWrong: number;
}

export interface ScoreMeaning {
  /** How likely a pair is a copy, 0 to 1. */
  certaintyOf(pair: ScoredPair): number;
}
