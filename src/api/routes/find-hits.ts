import { clampSimilarity } from '../../domain/neighbor-order.ts';
import { knownRelations } from '../../engine/known-relations.ts';
import { type LibrarySpace, meaningOf } from '../../engine/library-spaces.ts';
import { searchWhileOpen } from '../../engine/search-library.ts';
import { searchPage } from '../../search/query/search-page.ts';
import type { SearchOptions } from '../../search/search-similar.ts';
import type { ApiParts } from '../api-parts.ts';
import { MOST_FILES_SHOWN } from '../schemas/picture-schema.ts';
import type { SearchAnswer, SearchOptionsInput } from '../schemas/search-schema.ts';
import type { CallerView } from './caller-view.ts';
import type { EmbeddedSearch } from './embed-search.ts';
import { toPictureAnswer } from './picture-answer.ts';

/** How long an answer waits for the index to catch up with another process, milliseconds. */
const PATIENCE_MS = 500;

/**
 * One page of hits, each with its relation to the picture that was searched for, where it is known.
 * @param signal ends the search when nobody waits for it
 */
export async function findHits(
  { library, metrics, recall }: ApiParts,
  searched: LibrarySpace,
  { query, picture: asked, without }: EmbeddedSearch,
  { limit, offset, minSimilarity, filter = {} }: Omit<SearchOptionsInput, 'space' | 'region'>,
  view: CallerView,
  signal: AbortSignal,
): Promise<SearchAnswer> {
  const search = (options: SearchOptions) =>
    searchWhileOpen(library, searched, query, { ...options, mostFiles: MOST_FILES_SHOWN }, PATIENCE_MS);
  const request = { limit, offset, minSimilarity, filter: view.toFilter(filter), without, signal };
  const { hits, nextOffset } = await metrics.time('search', () => searchPage(search, request));
  recall.offer(searched, query);
  const pictures = hits.map(({ picture }) => picture);
  const relations = asked && (await metrics.time('catalog', () => knownRelations(library, asked, pictures)));
  return {
    ...meaningOf(searched),
    hits: hits.map(({ picture, similarity }) => {
      const relation = relations?.get(picture.id);
      return Object.assign(
        toPictureAnswer(picture, view),
        // The sum of 384 products may round to a little above 1.
        { similarity: clampSimilarity(similarity) },
        relation && { relation },
      );
    }),
    nextOffset,
  };
}
