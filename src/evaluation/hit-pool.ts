import type { Weights } from './estimate.ts';
import { type CopyRanking, OTHERS_KEPT } from './rank-copy.ts';

/** The hits of all queries, nearest first; of equally near ones wrong ones come first, so that no tie looks better than it is. */
export interface HitPool {
  readonly similarities: Float64Array;
  /** 1 for the original of the copy that was looked for. */
  readonly isRight: Uint8Array;
  /** Which unit of the bootstrap the query belongs to. */
  readonly units: Uint32Array;
  /** Queries of each unit. */
  readonly queriesOf: Uint32Array;
}

/**
 * Pools the nearest hits of each query, {@link OTHERS_KEPT} at most. Copies of one picture are one unit: they are no
 * independent tries.
 * @param isAside whether another picture is neither right nor wrong for copies of an original
 */
export function poolHits(
  rankings: readonly CopyRanking[],
  isAside: (original: number, other: number) => boolean,
): HitPool {
  const unitOf = new Map<number, number>();
  for (const { original } of rankings) {
    unitOf.set(original, unitOf.get(original) ?? unitOf.size);
  }
  const queriesOf = new Uint32Array(unitOf.size);
  const hits: Array<{ similarity: number; isRight: boolean; unit: number }> = [];
  for (const { original, similarity, others } of rankings) {
    const unit = unitOf.get(original) as number;
    queriesOf[unit] = (queriesOf[unit] as number) + 1;
    const counted = others.filter(({ at }) => !isAside(original, at));
    const isAmong = others.filter((other) => other.similarity >= similarity).length < OTHERS_KEPT;
    const wrong = isAmong ? counted.slice(0, OTHERS_KEPT - 1) : counted;
    hits.push(...wrong.map((other) => ({ similarity: other.similarity, isRight: false, unit })));
    if (isAmong) {
      hits.push({ similarity, isRight: true, unit });
    }
  }
  hits.sort((a, b) => b.similarity - a.similarity || Number(a.isRight) - Number(b.isRight));
  return {
    similarities: Float64Array.from(hits, ({ similarity }) => similarity),
    isRight: Uint8Array.from(hits, ({ isRight }) => Number(isRight)),
    units: Uint32Array.from(hits, ({ unit }) => unit),
    queriesOf,
  };
}

/**
 * Micro average precision (µAP): the precision at each original among the pooled hits of all queries, summed and divided
 * by the number of queries, each of which has one original in the bank (M. Douze et al., The 2021 Image Similarity Dataset
 * and Challenge, 2021, 3.2). Unlike a mean over queries it asks whether one threshold serves all of them.
 * @returns 0 to 1
 */
export function microAveragePrecision(pool: HitPool, weights: Weights): number {
  let [right, all, precisions] = [0, 0, 0];
  for (let i = 0; i < pool.units.length; i++) {
    const weight = weights[pool.units[i] as number] as number;
    all += weight;
    if (pool.isRight[i] === 1 && weight > 0) {
      right += weight;
      precisions += weight * (right / all);
    }
  }
  return precisions / countQueries(pool, weights);
}

/** A threshold, and what share of the originals is at or above it. */
export interface OperatingPoint {
  /** 0 to 1. */
  readonly recall: number;
  /** Similarity; null when no threshold is precise enough. */
  readonly threshold: number | null;
}

/** The lowest threshold at or above which at least that share of the pooled hits are originals. @param precision 0 to 1 */
export function atPrecision(pool: HitPool, weights: Weights, precision: number): OperatingPoint {
  const { similarities, isRight, units } = pool;
  let [right, all] = [0, 0];
  let best: { right: number; threshold: number | null } = { right: 0, threshold: null };
  for (let i = 0; i < units.length; i++) {
    const weight = weights[units[i] as number] as number;
    all += weight;
    right += weight * (isRight[i] as number);
    const isLastOfEqual = similarities[i] !== similarities[i + 1];
    if (isLastOfEqual && right > 0 && right >= precision * all) {
      best = { right, threshold: similarities[i] as number };
    }
  }
  return { recall: best.right / countQueries(pool, weights), threshold: best.threshold };
}

/** A place on the curve of precision over recall, both 0 to 1. */
export interface CurvePoint {
  readonly recall: number;
  readonly precision: number;
}

/** Precision and recall at each threshold that an original of the pool reaches, by rising recall. */
export function precisionRecall({ similarities, isRight, queriesOf }: HitPool): CurvePoint[] {
  const queries = queriesOf.reduce((sum, ofUnit) => sum + ofUnit, 0);
  const points: CurvePoint[] = [];
  let [right, known] = [0, 0];
  for (let i = 0; i < similarities.length; i++) {
    right += isRight[i] as number;
    if (right > known && similarities[i] !== similarities[i + 1]) {
      points.push({ recall: right / queries, precision: right / (i + 1) });
      known = right;
    }
  }
  return points;
}

function countQueries({ queriesOf }: HitPool, weights: Weights): number {
  let queries = 0;
  for (let unit = 0; unit < queriesOf.length; unit++) {
    queries += (queriesOf[unit] as number) * (weights[unit] as number);
  }
  return queries;
}
