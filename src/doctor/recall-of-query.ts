import type { DescriptorStore } from '../domain/descriptor-store.ts';
import type { Embedding } from '../domain/embedding.ts';
import { type Space, sourceOf } from '../domain/space.ts';
import type { VectorIndex } from '../domain/vector-index.ts';
import { countFound } from './count-found.ts';

/** An index and the vectors it is measured by. */
export interface MeasuredIndex {
  readonly descriptors: DescriptorStore;
  readonly index: VectorIndex;
  /** The one that the index is of. */
  readonly space: Space;
}

/**
 * Share of a query's `k` exact nearest neighbors that an index finds, 0 to 1; 1 when there are none. See countFound.
 * @param k 1 or more
 */
export async function recallOfQuery(
  { descriptors, index, space }: MeasuredIndex,
  query: Embedding,
  k: number,
): Promise<number> {
  const answer = await index.nearest(query, k);
  const truth = await descriptors.nearestExactly(sourceOf(space), query, k);
  return truth.length === 0 ? 1 : countFound(truth, answer) / truth.length;
}
