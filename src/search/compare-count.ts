import { sourceOf } from '../domain/space.ts';
import { type FedIndex, type Feed, feedIndex } from './fed-index.ts';

/** How often an index is caught up to be compared with a store that moves on meanwhile. */
const TRIES = 5;

/** What comparing an index with its store came to. */
export interface ComparedIndex {
  /** The index, caught up as far as that was needed. */
  readonly fed: FedIndex;
  /** How the two differ, one sentence; null when they do not, or when the store never stood still to be compared. */
  readonly mismatch: string | null;
}

/**
 * Compares the size of an index with what the store counts, both of one position: when others commit meanwhile, the
 * index catches up and is compared again.
 */
export async function compareCount(feed: Feed, fed: FedIndex): Promise<ComparedIndex> {
  let latest = fed;
  for (let tries = 0; tries < TRIES; tries++) {
    const { count, position } = await feed.descriptors.count(sourceOf(feed.space));
    if (position === latest.position) {
      return { fed: latest, mismatch: describeMismatch(await latest.index.size(), count) };
    }
    const caughtUp = await feedIndex(feed, latest.index, latest.position);
    latest = { ...caughtUp, changed: latest.changed + caughtUp.changed };
  }
  return { fed: latest, mismatch: null };
}

function describeMismatch(size: number, count: number): string | null {
  return size === count
    ? null
    : `Found ${size} vectors in the index, expected the ${count} that the catalog has.`;
}
