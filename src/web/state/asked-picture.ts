import type { Example, Query } from '../route.ts';
import { fetched } from './fetched.ts';

/** The one picture that a search is about; null when it is about several, or nobody has fetched it yet. */
export function askedPicture(query: Query): Example | null {
  switch (query.kind) {
    case 'picture':
      return query.id;
    case 'dropped':
      return query.hash;
    case 'url':
      return fetched.value.get(query.url)?.contentHash ?? null;
    case 'examples':
      return null;
  }
}

/** A picture as requests name it. */
export function namedPicture(picture: Example): { readonly id: number } | { readonly sha256: string } {
  return typeof picture === 'number' ? { id: picture } : { sha256: picture };
}
