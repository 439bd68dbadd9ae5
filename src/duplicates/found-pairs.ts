import type { PicturePair } from './group-pictures.ts';

/** Related pairs, each once, in no promised order. */
export interface FoundPairs<Pair extends PicturePair = PicturePair> {
  /** Those that answer the question. */
  readonly pairs: readonly Pair[];
  /**
   * Of pictures that are both related to a third and answer nothing by themselves, as two of one folder do when folders
   * are compared: they tell whether every two of a group are related. None when any pair is an answer.
   */
  readonly closing: readonly Pair[];
}
