import type { Embedding } from '../../domain/embedding.ts';
import { clampSimilarity } from '../../domain/neighbor-order.ts';
import type { PictureId } from '../../domain/picture.ts';
import type { ApiParts } from '../api-parts.ts';
import type { PathView } from '../pictures/path-view.ts';
import { toPictureAnswer } from '../pictures/picture-answer.ts';
import type { SearchAnswer, SearchOptionsInput } from '../schemas/search-schema.ts';

/** How long an answer waits for the index to catch up with another process, milliseconds. */
const PATIENCE_MS = 500;

/**
 * One page of hits.
 * @param signal ends the search when nobody waits for it
 * @param without a picture to leave out
 */
export async function findHits(
  { engine, metrics, recall }: ApiParts,
  query: Embedding,
  { limit, offset, minSimilarity, filter }: Omit<SearchOptionsInput, 'region'>,
  view: PathView,
  signal: AbortSignal,
  without?: PictureId,
): Promise<SearchAnswer> {
  // One more tells whether there is a next page.
  const wanted = offset + limit + 1;
  const options = {
    limit: without === undefined ? wanted : wanted + 1,
    minSimilarity,
    filter: view.toFilter(filter),
    signal,
  };
  const found = await metrics.time('search', () => engine.searchWhileOpen(query, options, PATIENCE_MS));
  recall.offer(query);
  const hits = found.filter(({ picture }) => picture.id !== without);
  return {
    hits: hits.slice(offset, offset + limit).map(({ picture, similarity }) =>
      // The sum of 384 products may round to a little above 1.
      Object.assign(toPictureAnswer(picture, view), { similarity: clampSimilarity(similarity) }),
    ),
    nextOffset: hits.length > offset + limit ? offset + limit : null,
  };
}
