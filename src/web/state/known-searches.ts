import { type Filter, formatRoute, type Query } from '../route.ts';
import { Hits } from './hits.ts';

/** Searches that are kept: who goes back finds hits at once, and arrow keys go through them. */
const KEPT = 8;

const known = new Map<string, Hits>();

/** The hits of a search, as far as they are known; asked for when they are not. */
export function knownHits(query: Query, filter: Filter): Hits {
  const address = formatRoute({ view: 'search', query, filter });
  const hits = known.get(address) ?? new Hits(query, filter);
  known.delete(address);
  known.set(address, hits); // now the one that was used last
  const [oldest] = known.keys();
  if (known.size > KEPT && oldest !== undefined) {
    forget(oldest);
  }
  if (hits.found.value.length === 0) {
    void hits.more();
  }
  return hits;
}

/** The hits as they are now: pictures may have come since somebody searched for the same. */
export function freshHits(query: Query, filter: Filter): Hits {
  forget(formatRoute({ view: 'search', query, filter }));
  return knownHits(query, filter);
}

function forget(address: string): void {
  known.get(address)?.stop();
  known.delete(address);
}
