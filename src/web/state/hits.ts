import { signal } from '@preact/signals';
import type { SearchAnswer } from '../../client/eidetic-client.ts';
import type { Filter, Query } from '../route.ts';
import { askedPicture } from './asked-picture.ts';
import { lookForFiles } from './away.ts';
import type { Bounds } from './by-likelihood.ts';
import { DEEPEST_OFFSET } from './deepest-offset.ts';
import { fetched } from './fetched.ts';
import { findCopies, type Relation } from './find-copies.ts';
import { noteFolders } from './known-folders.ts';
import { Pages } from './pages.ts';
import { searchPage } from './search.ts';

type Hit = SearchAnswer['hits'][number];

/** A hit, and whether it has the very bytes that were looked for. */
export type FoundPicture = Hit & { readonly isSame: boolean };

/** The hits of one search. */
export class Hits extends Pages<SearchAnswer> {
  readonly found = signal<readonly FoundPicture[]>([]);
  readonly bounds = signal<Bounds | null>(null);
  /** Whether somebody wants to see those too that are no longer alike. */
  readonly showsUnlikely = signal(false);
  /** How hits relate to the picture that was searched for, by id, as far as somebody has looked. */
  readonly relations = signal<ReadonlyMap<number, Relation>>(new Map());
  /** Whether there are more than are answered with. */
  readonly isCut = signal(false);
  readonly #query: Query;
  readonly #filter: Filter;
  readonly #known = new Set<number>();
  #haveCopiesCome = false;
  #offset = 0;

  constructor(query: Query, filter: Filter) {
    super();
    this.#query = query;
    this.#filter = filter;
  }

  /** Has copies looked for among the nearest, unless they were. @returns gives that up */
  lookForCopies(): () => void {
    const picture = askedPicture(this.#query);
    const looking = new AbortController();
    if (picture !== null && !this.#haveCopiesCome) {
      findCopies(
        picture,
        (found) => {
          this.#haveCopiesCome = true;
          this.#note(found);
        },
        looking.signal,
      );
    }
    return () => looking.abort();
  }

  #note(found: Iterable<readonly [number, Relation]>): void {
    this.relations.value = new Map([...this.relations.value, ...found]);
  }

  protected ask(signal: AbortSignal): Promise<SearchAnswer> {
    return searchPage(this.#query, this.#filter, this.#offset, signal);
  }

  protected take({ hits, nextOffset, bounds }: SearchAnswer): boolean {
    const wanted = hashesOf(this.#query);
    const fresh = hits
      .filter(({ id }) => !this.#known.has(id))
      .map((hit) => ({ ...hit, isSame: wanted.includes(hit.contentHash) }))
      // A dropped example that the library has too; those of the library are left out by the server.
      .filter(({ isSame }) => !isSame || this.#query.kind !== 'examples');
    for (const { id } of fresh) {
      this.#known.add(id);
    }
    this.found.value = [...this.found.value, ...fresh];
    this.bounds.value = bounds;
    this.#offset = nextOffset ?? 0;
    this.isCut.value = this.#offset > DEEPEST_OFFSET;
    this.#note(fresh.flatMap(({ id, relation }) => (relation === undefined ? [] : [[id, relation]])));
    noteFolders(fresh);
    void lookForFiles(fresh);
    return nextOffset === null || this.isCut.value;
  }
}

/** Of the bytes that are looked for, as far as the page knows. */
function hashesOf(query: Query): readonly string[] {
  switch (query.kind) {
    case 'dropped':
      return [query.hash];
    case 'url':
      return [fetched.value.get(query.url)?.contentHash ?? ''];
    case 'examples':
      return query.positive.filter((example) => typeof example === 'string');
    case 'picture':
      return [];
  }
}
