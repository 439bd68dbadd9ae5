import { dirname } from 'node:path';
import { createPathView, type PathView } from '../../pictures/path-view.ts';
import type { ApiParts } from '../api-parts.ts';
import type { Caller } from '../keys/caller.ts';
import { type ThumbnailLink, thumbnailLinks } from '../keys/thumbnail-links.ts';

/** How a caller sees a picture: paths of this machine whole only when it may administer, and links that it may follow. */
export interface CallerView extends PathView {
  readonly thumbnail: ThumbnailLink;
}

export async function callerView(
  { library, keys, basePath }: Pick<ApiParts, 'library' | 'keys' | 'basePath'>,
  caller: Caller,
): Promise<CallerView> {
  const { catalog, uploads } = library;
  // Uploads show as `uploads/…`, below the library.
  const bases = [...(await catalog.files.roots()).map(({ path }) => path), dirname(uploads.root)];
  const paths = createPathView(bases, caller.scopes.has('admin'));
  return { ...paths, thumbnail: await thumbnailLinks({ keys, basePath }, caller) };
}
