import type { Embedding } from '../domain/embedding.ts';
import { inKnownForm } from '../pictures/in-known-form.ts';
import { type Hit, type SearchOptions, searchSimilar } from '../search/search-similar.ts';
import type { SpaceIndex } from '../search/space-index.ts';
import type { Library } from './library.ts';

/** Searches a library as it is now. See searchSimilar. */
export async function searchLibrary(
  library: Library,
  query: Embedding,
  options: SearchOptions,
): Promise<Hit[]> {
  library.state.requireOpen();
  return searchIn(library, await library.index.current(), query, options);
}

/**
 * The same for a process that stays: see LibraryIndex.currentWithin.
 * @param patienceMs how long to wait for the index to catch up with another process
 */
export async function searchWhileOpen(
  library: Library,
  query: Embedding,
  options: SearchOptions,
  patienceMs: number,
): Promise<Hit[]> {
  library.state.requireOpen();
  return searchIn(library, await library.index.currentWithin(patienceMs), query, options);
}

async function searchIn(
  { catalog, space }: Library,
  { index }: SpaceIndex,
  query: Embedding,
  options: SearchOptions,
): Promise<Hit[]> {
  const { pictures, descriptors } = catalog;
  const filter = await inKnownForm(pictures, options.filter);
  return searchSimilar({ pictures, descriptors, index, space }, query, { ...options, filter });
}
