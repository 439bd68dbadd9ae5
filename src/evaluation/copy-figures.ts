import { bootstrapEstimate, type Estimate, meanOfUnits, shareEstimate } from './estimate.ts';
import { atPrecision, type HitPool, microAveragePrecision, poolHits } from './hit-pool.ts';
import { type CopyRanking, firstInstead } from './rank-copy.ts';

/** The precision that a threshold is to have. */
export const PRECISION = 0.99;

/** How well one threshold serves all copies; bootstrap over originals, whose copies are drawn together. */
export interface PooledFigures {
  /** See microAveragePrecision. */
  readonly microAveragePrecision: Estimate;
  /** Share of originals found by the lowest threshold of {@link PRECISION}. */
  readonly recallAtPrecision: Estimate;
  /** That threshold, a similarity; null when none is so precise. */
  readonly threshold: number | null;
}

/** What rankings of edited copies come to, all 0 to 1. */
export interface CopyFigures extends PooledFigures {
  /** Copies that were looked for. */
  readonly queries: number;
  /** Share of copies whose nearest picture is their original; bootstrap over originals. */
  readonly recallAt1: Estimate;
  /** The same by edit; Wilson's interval. */
  readonly recallAt1ByEdit: Readonly<Record<string, Estimate>>;
  /** Copies whose nearest picture is a near-duplicate of their original. Counted as not found in all other figures. */
  readonly nearDuplicateFirst: number;
  /** The pooled figures when near-duplicates of the original are neither right nor wrong. */
  readonly nearDuplicatesAside: PooledFigures;
}

/**
 * @param rankings one or more, those of one original side by side or not
 * @param areNearDuplicates whether two pictures are, by another measure than the one that ranked them
 * @param seed of the bootstrap
 */
export function copyFigures(
  rankings: readonly CopyRanking[],
  areNearDuplicates: (a: number, b: number) => boolean,
  seed: string,
): CopyFigures {
  const byOriginal = groupBy(rankings, ({ original }) => original);
  const byEdit = groupBy(rankings, ({ edit }) => edit);
  const nearDuplicateFirst = rankings.filter((ranking) => {
    const instead = firstInstead(ranking);
    return instead !== null && areNearDuplicates(ranking.original, instead.at);
  });
  return {
    queries: rankings.length,
    recallAt1: meanOfUnits(
      [...byOriginal.values()].map((ofOne) => ofOne.map((ranking) => Number(isFound(ranking)))),
      seed,
    ),
    recallAt1ByEdit: Object.fromEntries(
      [...byEdit].map(([edit, ofEdit]) => [edit, shareEstimate(countFound(ofEdit), ofEdit.length)]),
    ),
    nearDuplicateFirst: nearDuplicateFirst.length,
    ...pooledFigures(
      poolHits(rankings, () => false),
      seed,
    ),
    nearDuplicatesAside: pooledFigures(poolHits(rankings, areNearDuplicates), seed),
  };
}

function pooledFigures(pool: HitPool, seed: string): PooledFigures {
  const units = pool.queriesOf.length;
  return {
    microAveragePrecision: bootstrapEstimate(units, seed, (weights) => microAveragePrecision(pool, weights)),
    recallAtPrecision: bootstrapEstimate(
      units,
      seed,
      (weights) => atPrecision(pool, weights, PRECISION).recall,
    ),
    threshold: atPrecision(pool, new Uint16Array(units).fill(1), PRECISION).threshold,
  };
}

function countFound(rankings: readonly CopyRanking[]): number {
  return rankings.filter(isFound).length;
}

function isFound(ranking: CopyRanking): boolean {
  return firstInstead(ranking) === null;
}

function groupBy<Key>(
  rankings: readonly CopyRanking[],
  keyOf: (ranking: CopyRanking) => Key,
): Map<Key, CopyRanking[]> {
  const groups = new Map<Key, CopyRanking[]>();
  for (const ranking of rankings) {
    const key = keyOf(ranking);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [ranking]);
    } else {
      group.push(ranking);
    }
  }
  return groups;
}
