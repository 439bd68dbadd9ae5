import { recallOfQuery } from '../doctor/recall-of-query.ts';
import type { Embedding } from '../domain/embedding.ts';
import type { Library } from './library.ts';
import type { LibrarySpace } from './library-spaces.ts';

/**
 * See recallOfQuery; null when the library changed meanwhile. Reads every embedding, in a thread of its own.
 * @param k 1 or more
 */
export async function recallOf(
  { catalog }: Pick<Library, 'catalog'>,
  { index, space }: LibrarySpace,
  query: Embedding,
  k: number,
): Promise<number | null> {
  const { descriptors } = catalog;
  const opened = await index.opened();
  const { position } = opened;
  const recall = await recallOfQuery({ descriptors, index: opened.index, space }, query, k);
  return (await descriptors.position()) === position ? recall : null;
}
