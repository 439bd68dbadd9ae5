import type { Catalog } from '../domain/catalog.ts';
import type { IndexEntry, VectorIndex } from '../domain/vector-index.ts';
import { countFound } from './count-found.ts';

export interface RecallMeasurement {
  /** Share of the exact neighbors that the index found, 0 to 1; 1 for an empty library. */
  readonly recall: number;
  readonly k: number;
  readonly queries: number;
}

/**
 * Recall@k of an index against exact search over the catalog's embeddings; see countFound.
 * @param queries how many pictures to ask about, spread evenly over the catalog
 */
export async function measureRecall(
  { catalog, index, modelKey }: { catalog: Catalog; index: VectorIndex; modelKey: string },
  createExact: (dimensions: number) => VectorIndex,
  k: number,
  queries: number,
): Promise<RecallMeasurement> {
  const sample = await sampleEntries(catalog, modelKey, queries);
  const exact = createExact(index.dimensions);
  let chunk: IndexEntry[] = [];
  for await (const entry of catalog.embeddingsSince(modelKey, -1)) {
    chunk.push(entry);
    if (chunk.length === 1_000) {
      await exact.upsert(chunk);
      chunk = [];
    }
  }
  await exact.upsert(chunk);

  let found = 0;
  let expected = 0;
  for (const { embedding } of sample) {
    const truth = await exact.nearest(embedding, k);
    found += countFound(truth, await index.nearest(embedding, k));
    expected += truth.length;
  }
  return { recall: expected === 0 ? 1 : found / expected, k, queries: sample.length };
}

async function sampleEntries(catalog: Catalog, modelKey: string, queries: number): Promise<IndexEntry[]> {
  const step = Math.max(1, Math.floor((await catalog.describedCount(modelKey)) / queries));
  const sample: IndexEntry[] = [];
  let position = 0;
  for await (const entry of catalog.embeddingsSince(modelKey, -1)) {
    if (position++ % step === 0 && sample.length < queries) {
      sample.push(entry);
    }
  }
  return sample;
}
