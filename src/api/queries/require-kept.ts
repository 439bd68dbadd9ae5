import { EideticError } from '../../domain/errors.ts';
import type { ContentHash } from '../../domain/picture.ts';
import type { KeptQuery, QueryCache } from './query-cache.ts';

/** A picture that was sent to be searched for. @throws EideticError NOT_FOUND when it is not kept any more */
export function requireKept(queries: QueryCache, hash: ContentHash): KeptQuery {
  const kept = queries.find(hash);
  if (kept === null) {
    throw new EideticError(
      'NOT_FOUND',
      `No picture with the SHA-256 ${hash} is kept to be searched for (any more); send it again to /v1/queries.`,
    );
  }
  return kept;
}
