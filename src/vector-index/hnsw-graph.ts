/*
 * The one place that knows hnswlib-node 3.0.0, and what is odd about it:
 * - It is used append-only: points are neither updated nor marked deleted, for both wear the graph out. Who uses a
 *   point is kept outside (point-table).
 * - The inner product, 1 - x.y in float32, cannot tell distances below 6e-8 from zero, so that a thousand
 *   re-encodings of one picture link only to each other and cut off what lies behind them. Squared L2 of unit
 *   vectors has the same order, keeps its precision near zero, and gives similarity = 1 - distance / 2.
 * - A search keeps max(ef, k) candidates, and a load sets `ef` back to 10: it is set before every search.
 * - Asking for more than the capacity throws; a typed array is refused; capacity does not grow by itself.
 * - An object whose load failed crashes the process when used: every load gets its own, dropped on failure.
 * - A write that a full disk cut short is reported as done: the file is checked afterwards.
 */
import hnswlib from 'hnswlib-node';
import type { Embedding } from '../domain/embedding.ts';
import { clampSimilarity } from '../domain/neighbor-order.ts';
import { areEqualVectors } from './equal-vectors.ts';
import { requireWholeGraphFile } from './graph-file.ts';
import { GRAPH_METRIC, GRAPH_SEED, type GraphShape } from './hnsw-settings.ts';

/** A point found by a search. */
export interface GraphHit {
  readonly point: number;
  /** Cosine similarity, -1 to 1. */
  readonly similarity: number;
  /** Whether the point's vector can be the query itself: only the smallest differences vanish in a distance. */
  readonly isAtQuery: boolean;
}

/** An append-only graph of unit vectors. Points are numbered 0, 1, 2 ... as they come. */
export interface HnswGraph {
  readonly shape: GraphShape;
  pointCount(): number;
  /** Adds a vector and returns its point. Takes 1 to 3 ms at 100,000 points. */
  append(vector: Embedding): number;
  /**
   * About the `count` nearest points, in no promised order; all that can be reached when there are fewer.
   * @param candidates how many the search keeps, `count` or more (`efSearch`): more find the nearest more surely
   */
  closest(query: Embedding, count: number, candidates?: number): GraphHit[];
  /** Whether the vector of a point has exactly these values. */
  holds(point: number, vector: Embedding): boolean;
  /** Cosine similarity of one point, -1 to 1. */
  similarityOf(point: number, query: Embedding): number;
  /** Writes the graph; until it is done only searches are allowed. Rejects when not all could be written. */
  write(path: string): Promise<void>;
}

const FIRST_CAPACITY = 1024;
/** Capacity that is not used yet is not touched by the library, so it costs address space rather than memory. */
const GROWTH = 1.5;

/** Makes an empty graph. */
export function createHnswGraph(shape: GraphShape): HnswGraph {
  const native = new hnswlib.HierarchicalNSW(GRAPH_METRIC, shape.dimensions);
  native.initIndex(FIRST_CAPACITY, shape.m, shape.efConstruction, GRAPH_SEED);
  return wrap(native, shape);
}

/**
 * Reads a graph that {@link HnswGraph.write} wrote. The library believes what it reads: check the file's hash and
 * shape before.
 */
export async function readHnswGraph(shape: GraphShape, path: string): Promise<HnswGraph> {
  const native = new hnswlib.HierarchicalNSW(GRAPH_METRIC, shape.dimensions);
  await native.readIndex(path);
  return wrap(native, shape);
}

function wrap(native: hnswlib.HierarchicalNSW, shape: GraphShape): HnswGraph {
  const plain = new Array<number>(shape.dimensions).fill(0);

  /** The library takes plain arrays only and copies them at once, so one array serves every call. */
  function toPlain(vector: Embedding): number[] {
    for (let i = 0; i < plain.length; i++) plain[i] = vector[i] as number;
    return plain;
  }

  return {
    shape,
    pointCount: () => native.getCurrentCount(),
    append(vector) {
      const point = native.getCurrentCount();
      if (point >= native.getMaxElements()) {
        native.resizeIndex(Math.max(FIRST_CAPACITY, Math.ceil(point * GROWTH)));
      }
      native.addPoint(toPlain(vector), point);
      return point;
    },
    closest(query, count, candidates = count) {
      const reachable = Math.min(count, native.getCurrentCount());
      if (reachable === 0) return [];
      native.setEf(Math.max(candidates, reachable));
      const { neighbors, distances } = native.searchKnn(toPlain(query), reachable);
      return neighbors.map((point, i) => toHit(point, distances[i] as number));
    },
    holds: (point, vector) => areEqualVectors(native.getPoint(point), vector),
    similarityOf: (point, query) => dot(native.getPoint(point), query),
    async write(path) {
      await native.writeIndex(path);
      await requireWholeGraphFile(path);
    },
  };
}

function toHit(point: number, distance: number): GraphHit {
  return { point, similarity: clampSimilarity(1 - distance / 2), isAtQuery: distance === 0 };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return clampSimilarity(sum);
}
