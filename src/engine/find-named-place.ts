import { lstat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EideticError } from '../domain/errors.ts';
import { isAtOrBelow } from '../domain/is-below.ts';
import type { Place } from '../duplicates/report-question.ts';
import { inKnownForm } from '../pictures/in-known-form.ts';
import type { Library } from './library.ts';
import { namedPlace } from './named-place.ts';

/**
 * Where the library has a folder or file that a person names on its machine, as namedPlace finds it. One without pictures
 * is found when it is there on disk, in a folder that the library was made of.
 * @throws EideticError NOT_FOUND, with the folders that the library was made of
 */
export async function findNamedPlace(library: Pick<Library, 'catalog'>, named: string): Promise<Place> {
  const { pictures, files } = library.catalog;
  const path = await namedPlace(library, named);
  const filter = await inKnownForm(pictures, { pathPrefix: path });
  const found = { name: resolve(named), paths: [path] };
  if ((await pictures.matching(filter, 1)).length > 0) {
    return found;
  }
  const roots = (await files.roots()).map((root) => root.path);
  const isPart = roots.some((root) => isAtOrBelow(path, root) || isAtOrBelow(root, path));
  const isThere = await lstat(path).then(
    () => true,
    () => false,
  );
  if (isPart && isThere) {
    return found;
  }
  const folders = roots.length === 0 ? 'no folder' : roots.join(', ');
  throw new EideticError(
    'NOT_FOUND',
    isPart
      ? `There is nothing at ${path}, and no picture of the library was there; the library is made of ${folders}.`
      : `${path} is no part of the library, which is made of ${folders}; name a folder in one of these, or run "eidetic index" on it first.`,
  );
}
