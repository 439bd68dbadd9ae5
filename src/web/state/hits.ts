import { signal } from '@preact/signals';
import type { SearchAnswer } from '../../client/eidetic-client.ts';
import type { Filter, Query } from '../route.ts';
import type { Bounds } from '../views/by-likelihood.ts';
import { Pages } from './pages.ts';
import { searchPage } from './search.ts';

type Hit = SearchAnswer['hits'][number];

/** A hit, and whether it is the very picture that was looked for. */
export type FoundPicture = Hit & { readonly isSame: boolean };

/** The hits of one search. */
export class Hits extends Pages<SearchAnswer> {
  readonly found = signal<readonly FoundPicture[]>([]);
  readonly bounds = signal<Bounds | null>(null);
  readonly #query: Query;
  readonly #filter: Filter;
  #offset = 0;

  constructor(query: Query, filter: Filter) {
    super();
    this.#query = query;
    this.#filter = filter;
  }

  protected ask(signal: AbortSignal): Promise<SearchAnswer> {
    return searchPage(this.#query, this.#filter, this.#offset, signal);
  }

  protected take({ hits, nextOffset, bounds }: SearchAnswer): boolean {
    const known = new Set(this.found.value.map(({ id }) => id));
    const query = this.#query;
    const isSame = ({ contentHash }: Hit) => query.kind === 'dropped' && contentHash === query.hash;
    const fresh = hits.filter(({ id }) => !known.has(id)).map((hit) => ({ ...hit, isSame: isSame(hit) }));
    this.found.value = [...this.found.value, ...fresh];
    this.bounds.value = bounds;
    this.#offset = nextOffset ?? 0;
    return nextOffset === null;
  }
}
