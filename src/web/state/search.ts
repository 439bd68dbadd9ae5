import { EideticApiError, type SearchAnswer, type SearchRequest } from '../../client/eidetic-client.ts';
import type { Filter, Query, Region } from '../route.ts';
import { fetchAgain, fetchOnce } from './fetched.ts';
import { client } from './server.ts';

/** Hits asked for at once: what a large screen shows, and a little more. */
const PAGE = 120;

/** Asks for a page of what looks like something. @throws EideticApiError */
export async function searchPage(
  query: Query,
  filter: Filter,
  offset: number,
  signal: AbortSignal,
): Promise<SearchAnswer> {
  const options = { limit: PAGE, offset, filter: toFilter(filter) } as const;
  const search = (request: Partial<SearchRequest>) =>
    client.search({ ...options, ...request } as SearchRequest, signal);
  switch (query.kind) {
    case 'examples': {
      const { positive, negative } = query;
      return search({ examples: { positive: [...positive], negative: [...negative] } });
    }
    case 'picture':
      return search({ id: query.id, ...regionOf(query) });
    case 'dropped':
      return search({ sha256: query.hash, ...regionOf(query) });
    case 'url':
      return searchUrl(query.url, signal, (sha256) => search({ sha256, ...regionOf(query) }));
  }
}

/** By the hash of what is there, so that it is fetched once for all pages, and can be shown. */
async function searchUrl(
  url: string,
  signal: AbortSignal,
  search: (sha256: string) => Promise<SearchAnswer>,
): Promise<SearchAnswer> {
  const { contentHash } = await fetchOnce(url, signal);
  try {
    return await search(contentHash);
  } catch (error) {
    if (!isForgotten(error)) {
      throw error;
    }
    return search((await fetchAgain(url, signal)).contentHash);
  }
}

/** Whether the server no longer has what it was sent. */
export function isForgotten(error: unknown): boolean {
  return error instanceof EideticApiError && error.problem.code === 'NOT_FOUND';
}

function regionOf({ region }: { readonly region: Region | null }): Pick<SearchRequest, 'region'> {
  return region === null ? {} : { region };
}

function toFilter({ folder, formats, takenAfter, takenBefore, minWidth }: Filter): SearchRequest['filter'] {
  return {
    ...(folder === undefined ? {} : { pathPrefix: folder }),
    ...(formats === undefined ? {} : { formats: [...formats] }),
    ...(takenAfter === undefined ? {} : { takenAfter }),
    ...(takenBefore === undefined ? {} : { takenBefore: dayAfter(takenBefore) }),
    ...(minWidth === undefined ? {} : { minWidth }),
  };
}

/** The API means before the beginning of what it is given, and people mean the day as well. */
function dayAfter(day: string): string {
  const next = new Date(`${day}T00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}
