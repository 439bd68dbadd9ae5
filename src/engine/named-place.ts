import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { spelledOnDisk } from '../indexer/spelled-on-disk.ts';
import { underKnownRoot } from '../indexer/under-known-root.ts';
import { inKnownForm } from '../pictures/in-known-form.ts';
import type { Library } from './library.ts';

/**
 * Where the library has what a person names, for a filter: as it is written, when files of the library lie there;
 * else where the same folder or file lies by another name of it (through a symbolic link, in other case, in another
 * Unicode form).
 * @param named may be relative; need not be on disk
 */
export async function namedPlace({ catalog }: Pick<Library, 'catalog'>, named: string): Promise<string> {
  const path = resolve(named);
  const filter = await inKnownForm(catalog.pictures, { pathPrefix: path });
  if ((await catalog.pictures.matching(filter, 1)).length > 0) {
    return path;
  }
  const roots = (await catalog.files.roots()).map((root) => root.path);
  const real = await realpath(path).catch(() => path);
  return underKnownRoot(await spelledOnDisk(real), roots);
}
