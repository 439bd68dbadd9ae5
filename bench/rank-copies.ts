import { availableParallelism } from 'node:os';
import { positions } from '../src/engine/positions.ts';
import { OTHERS_KEPT } from '../src/evaluation/rank-copy.ts';
import { asCompleted } from '../src/indexer/as-completed.ts';
import type { CopyContender } from './copy-contenders.ts';
import type { PairTruth, RankedQuery } from './copy-metrics.ts';
import type { PairScorer } from './pair-scorer.ts';

/** A copy that is looked for. */
export interface CopyQuery {
  /** Its position among all files. */
  readonly at: number;
  readonly original: string;
  readonly edit: string;
  readonly seed: number;
}

/** What copies are looked for in, and what each picture of it is to them. */
export interface CopyDatabase {
  /** Positions of the pictures that a copy is compared with. */
  picturesFor(query: CopyQuery): readonly number[];
  truthOf(query: CopyQuery, candidate: number): PairTruth;
}

/** The 20 nearest pictures of each copy; of equally near ones its original is the last, so that no tie looks better than it is. */
export function rankCopies(
  queries: readonly CopyQuery[],
  database: CopyDatabase,
  contender: CopyContender,
): RankedQuery[] {
  return queries.map((query) => {
    const { original, edit, seed } = query;
    return { original, edit, seed, pairs: nearestOf(query, database, contender) };
  });
}

type Pair = RankedQuery['pairs'][number];

function nearestOf(query: CopyQuery, database: CopyDatabase, contender: CopyContender): Pair[] {
  const nearest: Pair[] = [];
  for (const candidate of database.picturesFor(query)) {
    const score = contender.similarity(query.at, candidate);
    if (nearest.length === OTHERS_KEPT && score < (nearest.at(-1) as Pair).score) {
      continue;
    }
    const pair = { candidate, score, truth: database.truthOf(query, candidate) };
    const place = nearest.findIndex((other) => comesBefore(pair, other));
    nearest.splice(place < 0 ? nearest.length : place, 0, pair);
    nearest.length = Math.min(nearest.length, OTHERS_KEPT);
  }
  return nearest;
}

function comesBefore(a: Pair, b: Pair): boolean {
  return a.score > b.score || (a.score === b.score && a.truth !== 'copy' && b.truth === 'copy');
}

/** Gives the pairs of a ranking other scores. @param ranked in the order of the queries */
export async function scoreAgain(
  queries: readonly CopyQuery[],
  ranked: readonly RankedQuery[],
  paths: readonly string[],
  score: PairScorer,
): Promise<RankedQuery[]> {
  const scored: RankedQuery[] = [];
  const work = async (i: number) => {
    const { pairs, ...query } = ranked[i] as RankedQuery;
    const candidates = pairs.map(({ candidate, score }) => ({
      path: paths[candidate] as string,
      similarity: score,
    }));
    const scores = await score(paths[(queries[i] as CopyQuery).at] as string, candidates);
    scored[i] = { ...query, pairs: pairs.map((pair, j) => ({ ...pair, score: scores[j] ?? Number.NaN })) };
  };
  const all = positions(ranked.length, new AbortController().signal);
  for await (const _ of asCompleted(all, work, availableParallelism())) {
    // Each has its place in the list.
  }
  return scored;
}
