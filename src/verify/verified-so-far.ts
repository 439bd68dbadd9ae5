import type { CountedAway } from '../indexer/away-places.ts';

/** What a run needs to go on where one before it was stopped. */
export interface VerifiedSoFar {
  /** ISO 8601. */
  readonly beganAt: string;
  /** The last path that was looked at; null before the first. */
  readonly behind: string | null;
  /** Those up to there that were there and not sound: they are looked at again. */
  readonly again: readonly string[];
  readonly sound: number;
  readonly outdated: number;
  /** Of the sound. */
  readonly bytes: number;
  readonly away: CountedAway;
}

/** Of a run that begins. */
export function nothingVerified(): VerifiedSoFar {
  return {
    ...{ beganAt: new Date().toISOString(), behind: null, again: [] },
    ...{ sound: 0, outdated: 0, bytes: 0, away: { files: 0, places: [] } },
  };
}
