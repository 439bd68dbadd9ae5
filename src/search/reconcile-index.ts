import type { VectorIndex } from '../domain/vector-index.ts';
import { type FedIndex, type Feed, forEachChange } from './fed-index.ts';

/**
 * Makes an index hold exactly what the store has, by comparing every vector: for an index of which nobody knows what
 * it lacks. What is right already is left alone, so it costs a fraction of building the index again.
 */
export async function reconcileIndex(feed: Feed, index: VectorIndex): Promise<FedIndex> {
  const unconfirmed = new Set(await index.ids());
  let changed = 0;
  const position = await forEachChange(feed, null, async ({ upserted, removed }) => {
    const held = await index.holds(upserted);
    const wrong = upserted.filter((_, i) => held[i] !== true);
    await index.upsert(wrong);
    changed += wrong.length;
    for (const { id } of upserted) {
      unconfirmed.delete(id);
    }
    // A part that an earlier piece put in may be gone by now.
    for (const id of removed) {
      unconfirmed.add(id);
    }
  });
  const before = await index.size();
  await index.remove([...unconfirmed]);
  return { index, position, changed: changed + before - (await index.size()) };
}
