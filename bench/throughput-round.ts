import type { Insertion } from './insertion.ts';
import type { Limit } from './measure-limit.ts';
import type { ProgramRun } from './program-rate.ts';

/** What one round measured of one set. */
export interface ThroughputRound {
  readonly limit: Limit;
  /** Into an empty library. */
  readonly empty: ProgramRun;
  /** Into the large library. */
  readonly large: ProgramRun;
  /** The same number of vectors into the large library's indexes, without pictures; one for each space. */
  readonly insertions: readonly Insertion[];
  /** Pictures a second of transformers.js, its start and its loading of the model left out; null if it cannot. */
  readonly peer: number | null;
}
