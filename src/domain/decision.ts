import type { ContentHash } from './picture.ts';

/** What a person said of a set of pictures. */
export type DecisionKind = 'copy' | 'not-copy' | 'keep-both';

/** A picture as a decision remembers it: by its bytes and, since editors rewrite metadata, by its image data. */
export interface DecidedPicture {
  readonly contentHash: ContentHash;
  readonly imageDataHash: string | null;
}

export interface NewDecision {
  readonly kind: DecisionKind;
  /** Two or more, each once. */
  readonly pictures: readonly DecidedPicture[];
  readonly decidedBy: string;
  /** ISO 8601. */
  readonly decidedAt: string;
  readonly note: string | null;
}

export interface Decision extends NewDecision {
  /** Ascending with the order in which they were recorded, never used again. */
  readonly id: number;
}

/** What persons decided. It names pictures by hashes, so it outlives moves, pruning and other models. */
export interface DecisionStore {
  /** @throws EideticError INVALID_INPUT for fewer than two pictures, or one twice */
  record(decision: NewDecision): Promise<Decision>;
  /** Decisions about any of these pictures, by either hash, ascending by id. */
  about(pictures: readonly DecidedPicture[]): Promise<Decision[]>;
  /**
   * Ascending by id above `after`; at most `limit`. For paging: where several write side by side, a smaller id may
   * come later.
   */
  page(limit: number, after: number): Promise<Decision[]>;
}
