import { signal } from '@preact/signals';
import type { SearchAnswer } from '../../client/eidetic-client.ts';
import type { Filter, Query } from '../route.ts';
import type { Bounds } from '../views/by-likelihood.ts';
import { searchPage } from './search.ts';
import { noteRefusal } from './server.ts';

type Hit = SearchAnswer['hits'][number];

/** A hit, and whether it is the very picture that was looked for. */
export type FoundPicture = Hit & { readonly isSame: boolean };

/** The hits of one search, as far as somebody has looked. */
export class Hits {
  readonly found = signal<readonly FoundPicture[]>([]);
  readonly bounds = signal<Bounds | null>(null);
  /** Whether there are no more. */
  readonly isWhole = signal(false);
  readonly isLoading = signal(false);
  readonly error = signal<unknown>(null);
  readonly #query: Query;
  readonly #filter: Filter;
  #offset = 0;
  #asking: AbortController | null = null;

  constructor(query: Query, filter: Filter) {
    this.#query = query;
    this.#filter = filter;
  }

  /** Asks for the next, unless there are none, or they are on their way. */
  async more(): Promise<void> {
    if (this.#asking !== null || this.isWhole.value) {
      return;
    }
    const asking = new AbortController();
    this.#asking = asking;
    this.isLoading.value = true;
    try {
      const answer = await searchPage(this.#query, this.#filter, this.#offset, asking.signal);
      this.#take(answer);
      this.error.value = null;
    } catch (error) {
      if (!asking.signal.aborted) {
        noteRefusal(error);
        this.error.value = error;
      }
    } finally {
      this.#asking = null;
      this.isLoading.value = false;
    }
  }

  stop(): void {
    this.#asking?.abort();
  }

  #take({ hits, nextOffset, bounds }: SearchAnswer): void {
    const known = new Set(this.found.value.map(({ id }) => id));
    const query = this.#query;
    const isSame = ({ contentHash }: Hit) => query.kind === 'dropped' && contentHash === query.hash;
    const fresh = hits.filter(({ id }) => !known.has(id)).map((hit) => ({ ...hit, isSame: isSame(hit) }));
    this.found.value = [...this.found.value, ...fresh];
    this.bounds.value = bounds;
    this.#offset = nextOffset ?? 0;
    this.isWhole.value = nextOffset === null;
  }
}
