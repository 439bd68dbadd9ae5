import type { ContentHash } from './picture.ts';

/**
 * What a person says of a set of pictures, of every two of them: `copy`, one was made from the other, or both from one;
 * `not-copy`, they are different photographs, whatever they look like; `keep-both`, each of them stays, whatever they are
 * to each other. `undecided` takes back what was said of exactly this set.
 */
export const DECISION_KINDS = ['copy', 'not-copy', 'keep-both', 'undecided'] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

/** A picture as a decision remembers it: by its bytes and, since editors rewrite metadata, by its image data. */
export interface DecidedPicture {
  readonly contentHash: ContentHash;
  readonly imageDataHash: string | null;
}

export interface NewDecision {
  readonly kind: DecisionKind;
  /** As many as leastPictures says or more, each once. Of one picture, it is about its several files. */
  readonly pictures: readonly DecidedPicture[];
  readonly decidedBy: string;
  /** ISO 8601, with milliseconds, in UTC: of two the later is the greater text. */
  readonly decidedAt: string;
  readonly note: string | null;
}

export interface Decision extends NewDecision {
  /** Ascending with the order in which they were recorded, never used again. */
  readonly id: number;
}

/** How many different pictures it takes to decide so. */
export function leastPictures(kind: DecisionKind): 1 | 2 {
  return kind === 'copy' || kind === 'not-copy' ? 2 : 1;
}

/** What persons decided. It names pictures by hashes, so it outlives moves, pruning and other models. */
export interface DecisionStore {
  /** @throws EideticError INVALID_INPUT for fewer pictures than the kind takes, or one twice; READ_ONLY */
  record(decision: NewDecision): Promise<Decision>;
  /** Records all of them, in this order, or none. @throws EideticError likewise */
  recordAll(decisions: readonly NewDecision[]): Promise<Decision[]>;
  /** Decisions about any of these pictures, by either hash, ascending by id. */
  about(pictures: readonly DecidedPicture[]): Promise<Decision[]>;
  /**
   * Ascending by id above `after`; at most `limit`. For paging: where several write side by side, a smaller id may
   * come later.
   */
  page(limit: number, after: number): Promise<Decision[]>;
  /** A text that is another after every decision that is recorded. */
  revision(): Promise<string>;
}
