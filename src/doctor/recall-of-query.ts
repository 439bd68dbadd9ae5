import type { Catalog } from '../domain/catalog.ts';
import type { Embedding } from '../domain/embedding.ts';
import type { VectorIndex } from '../domain/vector-index.ts';
import { countFound } from './count-found.ts';

/**
 * Share of a query's `k` exact nearest neighbors that an index finds, 0 to 1; 1 when there are none. See countFound.
 * @param k 1 or more
 */
export async function recallOfQuery(
  { catalog, index, modelKey }: { catalog: Catalog; index: VectorIndex; modelKey: string },
  query: Embedding,
  k: number,
): Promise<number> {
  const answer = await index.nearest(query, k);
  const truth = await catalog.nearestExactly(query, k, modelKey);
  return truth.length === 0 ? 1 : countFound(truth, answer) / truth.length;
}
