import { EideticError } from '../domain/errors.ts';
import type { PictureId } from '../domain/picture.ts';
import { inKnownForm } from '../pictures/in-known-form.ts';
import type { Library } from './library.ts';
import { lookAtPaths } from './look-at-paths.ts';
import { namedPlace } from './named-place.ts';

/**
 * The picture of each file that a person names, as the library has it; what is away is known all the same.
 * @param named files; may be relative
 * @throws EideticError NOT_FOUND for what is no file of the library; INVALID_INPUT for one that has changed since
 */
export async function namedPictures(
  library: Pick<Library, 'catalog' | 'uploads'>,
  named: readonly string[],
): Promise<PictureId[]> {
  const found: PictureId[] = [];
  for (const name of named) {
    const { id, path } = await namedPicture(library, name);
    const looks = await lookAtPaths(library, [path]);
    if (looks.get(path)?.kind === 'changed') {
      throw new EideticError(
        'INVALID_INPUT',
        `${path} has changed since it was indexed, so that the library knows another picture than you see; run "eidetic index" and decide again.`,
      );
    }
    found.push(id);
  }
  return found;
}

async function namedPicture(
  library: Pick<Library, 'catalog'>,
  named: string,
): Promise<{ readonly id: PictureId; readonly path: string }> {
  const { files, pictures } = library.catalog;
  const place = await namedPlace(library, named);
  const { pathPrefix = place } = await inKnownForm(pictures, { pathPrefix: place });
  for (const path of [pathPrefix].flat()) {
    const known = await files.knownFile(path, []);
    if (known !== null && known.indexed !== null) {
      return { id: known.indexed.pictureId, path };
    }
  }
  throw new EideticError(
    'NOT_FOUND',
    `${place} is no picture file that the library knows; name files that were indexed, or run "eidetic index" first.`,
  );
}
