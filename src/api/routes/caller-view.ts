import { dirname } from 'node:path';
import type { PictureId } from '../../domain/picture.ts';
import { createPathView, type PathView } from '../../pictures/path-view.ts';
import type { ApiParts } from '../api-parts.ts';
import type { Caller } from '../keys/caller.ts';

/** How a caller sees a picture: paths of this machine whole only when it may administer, and where its thumbnail is. */
export interface CallerView extends PathView {
  thumbnail(id: PictureId): string;
}

export async function callerView(
  { library, basePath }: Pick<ApiParts, 'library' | 'basePath'>,
  caller: Caller,
): Promise<CallerView> {
  const { catalog, uploads } = library;
  // Uploads show as `uploads/…`, below the library.
  const bases = [...(await catalog.files.roots()).map(({ path }) => path), dirname(uploads.root)];
  const paths = createPathView(bases, caller.scopes.has('admin'));
  return { ...paths, thumbnail: (id) => `${basePath}/v1/pictures/${id}/thumbnail` };
}
