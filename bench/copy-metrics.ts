import { bootstrapEstimate, type Estimate } from '../src/evaluation/estimate.ts';
import { atPrecision, type HitPool, microAveragePrecision } from '../src/evaluation/hit-pool.ts';

/** What a found picture is to a copy: `aside` is neither right nor wrong, as a near-duplicate of the original. */
export type PairTruth = 'copy' | 'aside' | 'wrong';

/** What somebody found for one copy. */
export interface RankedQuery {
  /** Path of the picture that the copy was made of: the unit of the bootstrap, since its copies are no independent tries. */
  readonly original: string;
  readonly edit: string;
  readonly seed: number;
  /** In any order; of the pictures that were not found there is none. */
  readonly pairs: ReadonlyArray<{
    /** Position of the picture that was found. */
    readonly candidate: number;
    /** Finite; bigger is surer. */
    readonly score: number;
    readonly truth: PairTruth;
  }>;
}

/** The precisions at which recall is told. */
const PRECISIONS = { recallAt99: 0.99, recallAt90: 0.9 } as const;

/** How well one threshold serves all copies. */
export interface CopyMetrics<Figure> {
  /**
   * µAP: all pairs of all queries in one list by score, of equal ones the wrong first; the precision at each copy found,
   * summed and divided by the number of queries, each of which has one original (the Image Similarity Challenge's metric).
   */
  readonly microAveragePrecision: Figure;
  /** The largest share of copies found by any threshold of precision 0.99 or more. */
  readonly recallAt99: Figure;
  /** Likewise of 0.9. */
  readonly recallAt90: Figure;
}

/** Without intervals. */
export function copyFigures(queries: readonly RankedQuery[]): CopyMetrics<number> {
  return figuresOf(poolPairs(queries), (pool, figure) => figure(pool, onceEach(pool)));
}

/** With 95 % intervals, bootstrap over originals. @param seed the same seed, the same intervals */
export function copyEstimates(queries: readonly RankedQuery[], seed: string): CopyMetrics<Estimate> {
  return figuresOf(poolPairs(queries), (pool, figure) =>
    bootstrapEstimate(pool.queriesOf.length, seed, (weights) => figure(pool, weights)),
  );
}

/** Recall of each edit at the one threshold that gives precision 0.99 over all queries. */
export interface RecallByEdit {
  /** A score; null when none is so precise, and then all recalls are 0. */
  readonly threshold: number | null;
  readonly recalls: ReadonlyMap<string, EditRecall>;
}

/** Recall of one edit. */
export interface EditRecall {
  /** Over all queries. */
  readonly value: number;
  /** Of each seed, at the same threshold. */
  readonly bySeed: readonly number[];
}

export function recallByEdit(queries: readonly RankedQuery[]): RecallByEdit {
  const pool = poolPairs(queries);
  const { threshold } = atPrecision(pool, onceEach(pool), PRECISIONS.recallAt99);
  const isFound = ({ pairs }: RankedQuery) =>
    pairs.some(({ truth, score }) => truth === 'copy' && threshold !== null && score >= threshold);
  const shareFound = (of: readonly RankedQuery[]) => of.filter(isFound).length / of.length;
  const seeds = [...new Set(queries.map(({ seed }) => seed))];
  const recalls = [...new Set(queries.map(({ edit }) => edit))].map((edit) => {
    const all = queries.filter((query) => query.edit === edit);
    const ofSeeds = seeds.map((seed) => all.filter((query) => query.seed === seed));
    const bySeed = ofSeeds.filter((of) => of.length > 0).map(shareFound);
    return [edit, { value: shareFound(all), bySeed }] as const;
  });
  return { threshold, recalls: new Map(recalls) };
}

type FigureOf = (pool: HitPool, weights: Uint16Array) => number;

function figuresOf<Figure>(
  pool: HitPool,
  take: (pool: HitPool, figure: FigureOf) => Figure,
): CopyMetrics<Figure> {
  const recallAt = (precision: number) =>
    take(pool, (pool, weights) => atPrecision(pool, weights, precision).recall);
  return {
    microAveragePrecision: take(pool, microAveragePrecision),
    recallAt99: recallAt(PRECISIONS.recallAt99),
    recallAt90: recallAt(PRECISIONS.recallAt90),
  };
}

function onceEach({ queriesOf }: HitPool): Uint16Array {
  return new Uint16Array(queriesOf.length).fill(1);
}

/** @throws Error for a score that is not finite: such pairs have no place in a list */
function poolPairs(queries: readonly RankedQuery[]): HitPool {
  const unitOf = new Map<string, number>();
  for (const { original } of queries) {
    unitOf.set(original, unitOf.get(original) ?? unitOf.size);
  }
  const queriesOf = new Uint32Array(unitOf.size);
  const hits: Array<{ score: number; isRight: boolean; unit: number }> = [];
  for (const { original, pairs } of queries) {
    const unit = unitOf.get(original) as number;
    queriesOf[unit] = (queriesOf[unit] as number) + 1;
    for (const { score, truth } of pairs) {
      if (!Number.isFinite(score)) {
        throw new Error(`Found the score ${score} for a copy of ${original}, expected a finite one.`);
      }
      if (truth !== 'aside') {
        hits.push({ score, isRight: truth === 'copy', unit });
      }
    }
  }
  hits.sort((a, b) => b.score - a.score || Number(a.isRight) - Number(b.isRight));
  return {
    similarities: Float64Array.from(hits, ({ score }) => score),
    isRight: Uint8Array.from(hits, ({ isRight }) => Number(isRight)),
    units: Uint32Array.from(hits, ({ unit }) => unit),
    queriesOf,
  };
}
