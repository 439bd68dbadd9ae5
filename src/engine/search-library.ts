import type { Embedding } from '../domain/embedding.ts';
import type { Space } from '../domain/space.ts';
import { inKnownForm } from '../pictures/in-known-form.ts';
import { type Hit, type SearchOptions, searchSimilar } from '../search/search-similar.ts';
import type { SpaceIndex } from '../search/space-index.ts';
import type { Library } from './library.ts';
import type { LibrarySpace } from './library-spaces.ts';

/**
 * Searches a space of a library as it is now. See searchSimilar.
 * @param query a vector of that space
 */
export async function searchLibrary(
  library: Library,
  searched: LibrarySpace,
  query: Embedding,
  options: SearchOptions,
): Promise<Hit[]> {
  library.state.requireOpen();
  return searchIn(library, searched.space, await searched.index.current(), query, options);
}

/**
 * The same for a process that stays: see LibraryIndex.currentWithin.
 * @param patienceMs how long to wait for the index to catch up with another process
 */
export async function searchWhileOpen(
  library: Library,
  searched: LibrarySpace,
  query: Embedding,
  options: SearchOptions,
  patienceMs: number,
): Promise<Hit[]> {
  library.state.requireOpen();
  return searchIn(library, searched.space, await searched.index.currentWithin(patienceMs), query, options);
}

async function searchIn(
  { catalog }: Library,
  space: Space,
  { index }: SpaceIndex,
  query: Embedding,
  options: SearchOptions,
): Promise<Hit[]> {
  const { pictures, descriptors } = catalog;
  const filter = await inKnownForm(pictures, options.filter);
  return searchSimilar({ pictures, descriptors, index, space }, query, { ...options, filter });
}
