import { dirname } from 'node:path';
import type { Library } from '../../engine/library.ts';
import { createPathView, type PathView } from '../../pictures/path-view.ts';
import type { Caller } from '../keys/caller.ts';

/** How a caller sees the paths of this machine: whole only when it may administer. */
export async function pathViewOf({ catalog, uploads }: Library, caller: Caller): Promise<PathView> {
  // Uploads show as `uploads/…`, below the library.
  const bases = [...(await catalog.files.roots()).map(({ path }) => path), dirname(uploads.root)];
  return createPathView(bases, caller.scopes.has('admin'));
}
