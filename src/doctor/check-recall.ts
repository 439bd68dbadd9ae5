import type { DescriptorStore } from '../domain/descriptor-store.ts';
import type { Space } from '../domain/space.ts';
import type { VectorIndex } from '../domain/vector-index.ts';
import type { SpaceIndex } from '../search/space-index.ts';
import { type Check, checkOf } from './check.ts';
import { measureRecall } from './measure-recall.ts';

export interface RecallParts {
  readonly descriptors: DescriptorStore;
  readonly space: Space;
  readonly createExact: (dimensions: number) => VectorIndex;
}

/** Recall@10 that an index must have. */
const MIN_RECALL = 0.99;
const RECALL_K = 10;
const RECALL_QUERIES = 100;

/**
 * Compares answers of an index with exact search.
 * @param shouldRepair whether to build and save one that finds too little again; the caller then holds the lock
 *   `maintenance`
 */
export async function checkRecall(
  parts: RecallParts,
  index: SpaceIndex,
  shouldRepair: boolean,
): Promise<Check> {
  const before = await measure(parts, index);
  if (before >= MIN_RECALL || !shouldRepair) {
    return checkOf('recall', before >= MIN_RECALL, describe(before));
  }
  await index.rebuild();
  await index.save();
  const after = await measure(parts, index);
  const finding = `${describe(before)} After building it again: ${after.toFixed(4)}.`;
  return checkOf('recall', false, finding, after >= MIN_RECALL);
}

function describe(recall: number): string {
  return `Recall@${RECALL_K} against exact search is ${recall.toFixed(4)}, expected at least ${MIN_RECALL}.`;
}

async function measure(
  { descriptors, space, createExact }: RecallParts,
  { index }: SpaceIndex,
): Promise<number> {
  const measured = { descriptors, space, index };
  return (await measureRecall(measured, createExact, RECALL_K, RECALL_QUERIES)).recall;
}
