import type { IndexStamp } from '../domain/index-cache.ts';
import type { SavedIndex } from './saved-index.ts';

/** What a saved index must say of its origin to be used. */
export type ExpectedStamp = Omit<IndexStamp, 'position'>;

/** Removed parts leave points behind that only a rebuild frees; below this many it is not worth one. */
const TOLERATED_WASTE = 10_000;

/** Why an index is not worth loading; null when it is. */
export function findWaste({ count, points }: SavedIndex): string | null {
  const isWasteful = points > 2 * count + TOLERATED_WASTE;
  return isWasteful ? `Found an index of ${points} points for ${count} parts; most were removed.` : null;
}

const STAMP_WORDS = {
  libraryId: 'library',
  spaceId: 'space',
  revision: 'revision',
  modelKey: 'model',
  dimensions: 'dimensions',
} as const satisfies Record<keyof ExpectedStamp, string>;

/** How an index is another than expected; null when it is none. What one of the former format does not say cannot contradict. */
export function findMismatch({ stamp }: SavedIndex, expected: ExpectedStamp): string | null {
  for (const property of Object.keys(STAMP_WORDS) as Array<keyof ExpectedStamp>) {
    const found = stamp[property];
    if (found !== undefined && found !== expected[property]) {
      return `Found an index of ${STAMP_WORDS[property]} ${found}, expected ${expected[property]}.`;
    }
  }
  return null;
}
