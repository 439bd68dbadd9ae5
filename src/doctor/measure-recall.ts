import { sourceOf } from '../domain/space.ts';
import type { IndexEntry, VectorIndex } from '../domain/vector-index.ts';
import { countFound } from './count-found.ts';
import type { MeasuredIndex } from './recall-of-query.ts';

export interface RecallMeasurement {
  /** Share of the exact neighbors that the index found, 0 to 1; 1 for an empty library. */
  readonly recall: number;
  readonly k: number;
  readonly queries: number;
}

/**
 * Recall@k of an index against exact search over the catalog's vectors; see countFound.
 * @param queries how many vectors to ask about, spread evenly over the catalog
 */
export async function measureRecall(
  { descriptors, index, space }: MeasuredIndex,
  createExact: (dimensions: number) => VectorIndex,
  k: number,
  queries: number,
): Promise<RecallMeasurement> {
  const source = sourceOf(space);
  const { count } = await descriptors.count(source);
  const step = Math.max(1, Math.floor(count / queries));
  const exact = createExact(index.dimensions);
  const sample: IndexEntry[] = [];
  let place = 0;
  for await (const { upserted } of descriptors.changes(source, null)) {
    await exact.upsert(upserted);
    sample.push(...upserted.filter(() => place++ % step === 0));
  }

  let found = 0;
  let expected = 0;
  const asked = sample.slice(0, queries);
  for (const { embedding } of asked) {
    const truth = await exact.nearest(embedding, k);
    found += countFound(truth, await index.nearest(embedding, k));
    expected += truth.length;
  }
  return { recall: expected === 0 ? 1 : found / expected, k, queries: asked.length };
}
