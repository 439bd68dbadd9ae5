import { SIMILAR } from '../domain/space.ts';
import type { Library } from './library.ts';

type Parts = Pick<Library, 'catalog' | 'spaces'>;

/** Whether the space that an open library searches is the one in use: another one may have been named. */
export async function isInUse({ catalog, spaces }: Parts): Promise<boolean> {
  const { revision } = spaces.similar.space;
  return (await catalog.spaces.spaces()).some(
    (space) => space.isActive && space.id === SIMILAR && space.revision === revision,
  );
}

/**
 * Watches for whoever brings the library over to another model or input size meanwhile. What was opened with a model
 * that was not in use is not touched by that.
 * @returns tells whether that has happened since
 */
export async function watchModelInUse(library: Parts): Promise<() => Promise<boolean>> {
  const wasInUse = await isInUse(library);
  return async () => wasInUse && !(await isInUse(library));
}
