import type { PathView } from '../../pictures/path-view.ts';
import type { ApiParts } from '../api-parts.ts';
import type { Caller } from '../keys/caller.ts';
import { type ThumbnailLink, thumbnailLinks } from '../keys/thumbnail-links.ts';
import { pathViewOf } from './path-view-of.ts';

/** How a caller sees a picture: its paths, and a link to its thumbnail that the caller's pages can follow. */
export interface CallerView extends PathView {
  readonly thumbnail: ThumbnailLink;
}

export async function callerView(
  { library, keys, basePath }: Pick<ApiParts, 'library' | 'keys' | 'basePath'>,
  caller: Caller,
): Promise<CallerView> {
  const paths = await pathViewOf(library, caller);
  return { ...paths, thumbnail: await thumbnailLinks({ keys, basePath }, caller) };
}
