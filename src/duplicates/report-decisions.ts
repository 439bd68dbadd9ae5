import type { DecidedPicture, NewDecision } from '../domain/decision.ts';
import type { PictureId } from '../domain/picture.ts';

/** What somebody said, when, and why. */
export type SaidDecision = Pick<NewDecision, 'kind' | 'decidedBy' | 'decidedAt' | 'note'>;

/** What persons decided, as a report heeds it. */
export interface ReportDecisions {
  /** Those that stand, the earlier first: of two pictures that holds which is the last to have both. */
  readonly standing: readonly NewDecision[];
  /** The places in `standing` of those that name a picture, by either hash; ascending. */
  about(picture: DecidedPicture): readonly number[];
  /** The pictures of the library in each set that somebody said to be copies. */
  readonly copies: ReadonlyArray<readonly PictureId[]>;
}

export const NO_DECISIONS: ReportDecisions = { standing: [], about: () => [], copies: [] };

/** Without the pictures that it is about. */
export function saidIn({ kind, decidedBy, decidedAt, note }: NewDecision): SaidDecision {
  return { kind, decidedBy, decidedAt, note };
}
