/** A picture that somebody found for a copy. */
export interface PairCandidate {
  /** Absolute. */
  readonly path: string;
  /** Of the contender that found it. */
  readonly similarity: number;
}

/**
 * Looks again at what was found for a copy, and gives each candidate a score: finite, bigger is surer, comparable over all
 * queries. One that it takes for no copy gets a score below all of those that it takes for one. Several run at once.
 */
export type PairScorer = (queryFile: string, candidates: readonly PairCandidate[]) => Promise<number[]>;

/** A contender that scores another's candidates. */
export interface ScoringContender {
  readonly name: string;
  /** Name of the contender whose 20 nearest pictures it is given: what is not among them it cannot find. */
  readonly candidatesOf: string;
  /** What it needs while it scores. */
  open(): Promise<{ readonly score: PairScorer; close(): Promise<void> }>;
}
