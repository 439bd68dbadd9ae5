import type { PictureFilter } from '../../domain/filter.ts';
import type { PictureId } from '../../domain/picture.ts';
import type { Hit, SearchOptions } from '../search-similar.ts';

/** One page of a search. */
export interface SearchPage {
  readonly hits: readonly Hit[];
  /** Where the next page begins; null when this is the last. */
  readonly nextOffset: number | null;
}

export interface PageRequest {
  /** Most hits of the page, 1 or more. */
  readonly limit: number;
  /** Hits to pass over, 0 or more. */
  readonly offset: number;
  readonly minSimilarity: number;
  readonly filter: PictureFilter;
  /** Pictures to leave out: no place of a page is theirs. */
  readonly without: readonly PictureId[];
  /** Ends the search when nobody waits for it. */
  readonly signal: AbortSignal;
}

/** @param search see searchSimilar */
export async function searchPage(
  search: (options: SearchOptions) => Promise<readonly Hit[]>,
  { limit, offset, minSimilarity, filter, without, signal }: PageRequest,
): Promise<SearchPage> {
  // One more tells whether there is a next page.
  const hits = await search({ limit: limit + 1, offset, minSimilarity, filter, without, signal });
  return {
    hits: hits.slice(0, limit),
    nextOffset: hits.length > limit ? offset + limit : null,
  };
}
