import { createBestNeighbors } from '../domain/best-neighbors.ts';
import type { Embedding } from '../domain/embedding.ts';
import { clampSimilarity } from '../domain/neighbor-order.ts';
import type { PartId } from '../domain/picture.ts';
import type { VectorIndex } from '../domain/vector-index.ts';
import { areEqualVectors } from './equal-vectors.ts';
import { requireEmbedding } from './require-embedding.ts';
import { requireNeighborCount } from './require-neighbor-count.ts';

const FIRST_CAPACITY = 64;

/**
 * Compares a query with every embedding: always right, so it is what other indexes are measured against, and
 * fast enough for small collections (a query takes about a microsecond per embedding of 384 dimensions).
 * @param dimensions of every embedding, 1 or more
 */
export function createExactIndex(dimensions: number): VectorIndex {
  const ids: PartId[] = [];
  const rowOf = new Map<PartId, number>();
  let values = new Float32Array(FIRST_CAPACITY * dimensions);

  function put(id: PartId, embedding: Embedding): void {
    let row = rowOf.get(id);
    if (row === undefined) {
      row = ids.length;
      if ((row + 1) * dimensions > values.length) {
        const larger = new Float32Array(values.length * 2);
        larger.set(values);
        values = larger;
      }
      ids.push(id);
      rowOf.set(id, row);
    }
    values.set(embedding, row * dimensions);
  }

  /** The last row takes the place of the removed one, so that rows stay without gaps. */
  function drop(id: PartId): void {
    const row = rowOf.get(id);
    if (row === undefined) return;
    const last = ids.length - 1;
    const lastId = ids[last] as PartId;
    values.copyWithin(row * dimensions, last * dimensions, (last + 1) * dimensions);
    ids[row] = lastId;
    rowOf.set(lastId, row);
    ids.pop();
    rowOf.delete(id);
  }

  function isHeld(id: PartId, embedding: Embedding): boolean {
    const row = rowOf.get(id);
    if (row === undefined) return false;
    return areEqualVectors(embedding, values.subarray(row * dimensions, (row + 1) * dimensions));
  }

  function similarityOfRow(row: number, query: Embedding): number {
    const start = row * dimensions;
    let sum = 0;
    for (let i = 0; i < dimensions; i++) {
      sum += (values[start + i] as number) * (query[i] as number);
    }
    return clampSimilarity(sum);
  }

  return {
    dimensions,
    size: async () => ids.length,
    ids: async () => [...ids],
    async holds(entries) {
      for (const { embedding } of entries) requireEmbedding(embedding, dimensions);
      return entries.map(({ id, embedding }) => isHeld(id, embedding));
    },
    async upsert(entries) {
      for (const { embedding } of entries) requireEmbedding(embedding, dimensions);
      for (const { id, embedding } of entries) put(id, embedding);
    },
    async remove(removed) {
      for (const id of removed) drop(id);
    },
    async nearest(query, k) {
      requireEmbedding(query, dimensions);
      requireNeighborCount(k);
      const best = createBestNeighbors(k);
      for (let row = 0; row < ids.length; row++) {
        best.offer(ids[row] as PartId, similarityOfRow(row, query));
      }
      return best.sorted();
    },
  };
}
