import { sourceOf } from '../domain/space.ts';
import type { Library } from './library.ts';
import { meaningOf, type SpaceMeaning } from './library-spaces.ts';

/** A space of a library, and how much is in it. */
export interface CountedSpace extends SpaceMeaning {
  readonly revision: number;
  /** Id of the model that it is made by. */
  readonly model: string;
  readonly modelKey: string;
  readonly dimensions: number;
  readonly vectors: number;
}

/** The spaces that searches look in, `similar` first. */
export async function countSpaces({
  catalog,
  spaces,
}: Pick<Library, 'catalog' | 'spaces'>): Promise<CountedSpace[]> {
  const counted: CountedSpace[] = [];
  for (const one of spaces.all) {
    const { revision, modelKey, dimensions } = one.space;
    const { count } = await catalog.descriptors.count(sourceOf(one.space));
    const model = one.model.manifest.id;
    counted.push({ ...meaningOf(one), revision, model, modelKey, dimensions, vectors: count });
  }
  return counted;
}
