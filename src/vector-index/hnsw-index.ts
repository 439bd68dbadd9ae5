import { readFile, writeFile } from 'node:fs/promises';
import type { Embedding } from '../domain/embedding.ts';
import { compareNeighbors } from '../domain/neighbor-order.ts';
import type { PartId } from '../domain/picture.ts';
import { createTurns } from '../domain/turns.ts';
import type { Neighbor, VectorIndex } from '../domain/vector-index.ts';
import { createHnswGraph, type GraphHit, type HnswGraph, readHnswGraph } from './hnsw-graph.ts';
import {
  DEFAULT_EF_CONSTRUCTION,
  DEFAULT_EF_SEARCH,
  DEFAULT_M,
  type GraphShape,
  type HnswOptions,
} from './hnsw-settings.ts';
import { createPointTable, type PointTable, readPointTable } from './point-table.ts';
import { requireEmbedding } from './require-embedding.ts';
import { requireNeighborCount } from './require-neighbor-count.ts';
import { yieldWhenDue } from './yield-when-due.ts';

/** Where the two halves of an index are written. */
export interface HnswFiles {
  readonly graph: string;
  readonly parts: string;
}

/** What was written. */
interface WrittenCounts {
  readonly parts: number;
  readonly points: number;
}

/**
 * Approximate nearest neighbors by a hierarchical navigable small world graph (Malkov and Yashunin 2016,
 * arXiv:1603.09320). Changes take turns; `nearest` may be called at any time and sees each entry of a running
 * upsert either wholly or not at all.
 */
export interface HnswIndex extends VectorIndex {
  readonly shape: GraphShape;
  /** Vectors in the graph, those of removed parts too. */
  pointCount(): number;
  /**
   * Vectors of removed or replaced parts that are still in the graph. They take memory and lengthen searches;
   * only a rebuild frees them.
   */
  removedCount(): number;
  /** Writes graph and parts as they are at one moment; changes wait meanwhile. */
  write(files: HnswFiles): Promise<WrittenCounts>;
}

/** Candidates of the look for an equal vector before one is added: enough to find it, cheap beside the adding. */
const TWIN_CANDIDATES = 16;

/** Taken over beside those wanted: tells whether the last wanted one has equals that were left behind. */
const SPARE_POINTS = 4;

/** Makes an empty index. */
export function createHnswIndex(options: HnswOptions): HnswIndex {
  const { dimensions, m = DEFAULT_M, efConstruction = DEFAULT_EF_CONSTRUCTION, efSearch } = options;
  return assemble(createHnswGraph({ dimensions, m, efConstruction }), createPointTable(), efSearch);
}

/**
 * Reads what {@link HnswIndex.write} wrote. Check the hashes of both files before: the native library does not.
 * @param efSearch candidates a search keeps
 * @returns null when the two files do not belong together
 */
export async function readHnswIndex(
  shape: GraphShape,
  files: HnswFiles,
  efSearch?: number,
): Promise<HnswIndex | null> {
  const graph = await readHnswGraph(shape, files.graph);
  const bytes = await readFile(files.parts);
  const pairs = new Float64Array(new Uint8Array(bytes).buffer);
  const table = readPointTable(pairs, graph.pointCount());
  return table === null ? null : assemble(graph, table, efSearch);
}

function assemble(graph: HnswGraph, table: PointTable, efSearch = DEFAULT_EF_SEARCH): HnswIndex {
  const { dimensions } = graph.shape;
  const takeTurn = createTurns();

  function put(id: PartId, embedding: Embedding): void {
    const twin = graph
      .closest(embedding, TWIN_CANDIDATES)
      .find((hit) => hit.isAtQuery && graph.holds(hit.point, embedding));
    table.assign(id, twin?.point ?? graph.append(embedding));
  }

  function isHeld(id: PartId, embedding: Embedding): boolean {
    const point = table.pointOf(id);
    return point !== undefined && graph.holds(point, embedding);
  }

  /** @param wanted of thousands of parts at one point no more are taken: they are equally similar, lowest ids first */
  function toNeighbors(hits: readonly GraphHit[], wanted: number): Neighbor[] {
    const neighbors: Neighbor[] = [];
    for (const { point, similarity } of hits) {
      for (const id of table.partsAt(point).slice(0, wanted)) neighbors.push({ id, similarity });
    }
    return neighbors;
  }

  /** Parts at points that a search of the whole graph did not come to: links are one-way, so there can be some. */
  function findUnreached(query: Embedding, hits: readonly GraphHit[]): Neighbor[] {
    const reached = new Set(hits.map((hit) => hit.point));
    const neighbors: Neighbor[] = [];
    for (let point = 0; point < graph.pointCount(); point++) {
      if (reached.has(point)) continue;
      for (const id of table.partsAt(point)) {
        neighbors.push({ id, similarity: graph.similarityOf(point, query) });
      }
    }
    return neighbors;
  }

  /** More candidates than `k` keep the recall of a large `k` up; more still are needed when many are empty. */
  function search(query: Embedding, k: number): Neighbor[] {
    const wanted = Math.min(k, table.partCount());
    const usual = Math.max(efSearch, 2 * k);
    const few = closestFew(query, wanted, usual);
    if (few !== null) return few;
    for (let candidates = usual; ; candidates *= 2) {
      const hits = graph.closest(query, candidates);
      const neighbors = toNeighbors(hits, wanted).sort(compareNeighbors);
      if (neighbors.length >= wanted) return neighbors;
      if (candidates >= graph.pointCount()) {
        return neighbors.concat(findUnreached(query, hits)).sort(compareNeighbors);
      }
    }
  }

  /**
   * The same search, taking over little more than is wanted, for most of the candidates are only looked at. Null
   * when that is too little: too many points are empty, or what lies behind the last may be as similar.
   */
  function closestFew(query: Embedding, wanted: number, candidates: number): Neighbor[] | null {
    const hits = graph.closest(query, Math.min(wanted + SPARE_POINTS, candidates), candidates);
    const neighbors = toNeighbors(hits, wanted).sort(compareNeighbors);
    const last = neighbors[wanted - 1];
    const isCut = last === undefined || hits.every((hit) => hit.similarity >= last.similarity);
    return isCut ? null : neighbors;
  }

  return {
    dimensions,
    shape: graph.shape,
    size: async () => table.partCount(),
    ids: async () => table.ids(),
    async holds(entries) {
      for (const { embedding } of entries) requireEmbedding(embedding, dimensions);
      const yieldIfDue = yieldWhenDue();
      const held: boolean[] = [];
      for (const { id, embedding } of entries) {
        held.push(isHeld(id, embedding));
        await yieldIfDue();
      }
      return held;
    },
    pointCount: () => graph.pointCount(),
    removedCount: () => graph.pointCount() - table.usedPointCount(),
    async upsert(entries) {
      for (const { embedding } of entries) requireEmbedding(embedding, dimensions);
      await takeTurn(async () => {
        const yieldIfDue = yieldWhenDue();
        for (const { id, embedding } of entries) {
          put(id, embedding);
          await yieldIfDue();
        }
      });
    },
    async remove(ids) {
      await takeTurn(async () => {
        for (const id of ids) table.release(id);
      });
    },
    async nearest(query, k) {
      requireEmbedding(query, dimensions);
      requireNeighborCount(k);
      return search(query, k).slice(0, k);
    },
    write: (files) =>
      takeTurn(async () => {
        const pairs = table.toPairs();
        await writeFile(files.parts, new Uint8Array(pairs.buffer));
        await graph.write(files.graph);
        return { parts: table.partCount(), points: graph.pointCount() };
      }),
  };
}
