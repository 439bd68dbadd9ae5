import type { DescriptorStore, FeedPosition, VectorChanges } from '../domain/descriptor-store.ts';
import { type Space, sourceOf } from '../domain/space.ts';
import type { VectorIndex } from '../domain/vector-index.ts';

/** The vectors that an index is fed with. */
export interface Feed {
  readonly descriptors: DescriptorStore;
  readonly space: Space;
}

/** An index that reflects a position of its feed. */
export interface FedIndex {
  readonly index: VectorIndex;
  readonly position: FeedPosition;
  /** Entries that were put in or taken out on the way there. */
  readonly changed: number;
}

/**
 * Applies to an index what was committed since a position. Safe to repeat: a change applied twice changes nothing.
 * Only one feed may be applied to an index at a time.
 * @param after null for an empty index
 */
export async function feedIndex(
  feed: Feed,
  index: VectorIndex,
  after: FeedPosition | null,
): Promise<FedIndex> {
  let changed = 0;
  const position = await forEachChange(feed, after, async ({ upserted, removed }) => {
    await index.upsert(upserted);
    // Removed parts never come back, so of a part that is in both nothing must stay.
    await index.remove(removed);
    changed += upserted.length + removed.length;
  });
  return { index, position, changed };
}

/** Hands over every piece in order. @returns the position that the last one brings an index to */
export async function forEachChange(
  { descriptors, space }: Feed,
  after: FeedPosition | null,
  apply: (changes: VectorChanges) => Promise<void>,
): Promise<FeedPosition> {
  let position: FeedPosition | null = null;
  for await (const changes of descriptors.changes(sourceOf(space), after)) {
    await apply(changes);
    position = changes.position ?? position;
  }
  if (position === null) {
    throw new Error('The feed of vectors ended without telling its position.');
  }
  return position;
}
