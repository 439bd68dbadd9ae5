import { readFile } from 'node:fs/promises';
import type { DescribedPicture } from '../domain/descriptor.ts';
import type { Embedding } from '../domain/embedding.ts';
import { EideticError } from '../domain/errors.ts';
import type { PictureId } from '../domain/picture.ts';
import { sourceOf } from '../domain/space.ts';
import { spelledOnDisk } from '../indexer/spelled-on-disk.ts';
import type { Library } from './library.ts';

/**
 * Reads a picture file, by the Unicode form that its name has on disk, and embeds it.
 * @throws EideticError NOT_FOUND and what Embedder.describe throws
 */
export async function describeFile(library: Library, path: string): Promise<DescribedPicture> {
  const bytes = await readFile(await spelledOnDisk(path)).catch((cause: unknown) => {
    throw new EideticError('NOT_FOUND', `The picture ${path} cannot be read: ${(cause as Error).message}.`, {
      cause,
    });
  });
  return library.embedder().describe(bytes);
}

/** What a picture of the library is in the space it is searched in. @throws EideticError NOT_FOUND */
export async function embeddingOf(
  { catalog, space }: Pick<Library, 'catalog' | 'space'>,
  id: PictureId,
): Promise<Embedding> {
  const embedding = await catalog.descriptors.vectorOfPicture(sourceOf(space), id);
  if (embedding === null) {
    throw new EideticError('NOT_FOUND', `The library has no picture ${id}.`);
  }
  return embedding;
}
