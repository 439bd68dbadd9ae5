import type { SearchAnswer, SearchRequest } from '../../client/eidetic-client.ts';
import type { Filter, Query } from '../route.ts';
import { client } from './server.ts';

/** Hits asked for at once: what a large screen shows, and a little more. */
const PAGE = 120;

/** Asks for a page of what looks like something. */
export function searchPage(
  query: Query,
  filter: Filter,
  offset: number,
  signal: AbortSignal,
): Promise<SearchAnswer> {
  const request = { ...toRequest(query), limit: PAGE, offset, filter: toFilter(filter) };
  return client.search(request as SearchRequest, signal);
}

function toRequest(query: Query): Partial<SearchRequest> {
  if (query.kind === 'examples') {
    const { positive, negative } = query;
    return { examples: { positive: [...positive], negative: [...negative] } };
  }
  const region = query.region === null ? {} : { region: query.region };
  switch (query.kind) {
    case 'picture':
      return { id: query.id, ...region };
    case 'dropped':
      return { sha256: query.hash, ...region };
    case 'url':
      return { url: query.url, ...region };
  }
}

function toFilter({ folder, formats, takenAfter, takenBefore, minWidth }: Filter): SearchRequest['filter'] {
  return {
    ...(folder === undefined ? {} : { pathPrefix: folder }),
    ...(formats === undefined
      ? {}
      : { formats: [...formats] as NonNullable<SearchRequest['filter']>['formats'] }),
    ...(takenAfter === undefined ? {} : { takenAfter }),
    ...(takenBefore === undefined ? {} : { takenBefore }),
    ...(minWidth === undefined ? {} : { minWidth }),
  };
}
