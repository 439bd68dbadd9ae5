import { readFile } from 'node:fs/promises';
import type { DescribedPicture } from '../domain/descriptor.ts';
import type { Embedding } from '../domain/embedding.ts';
import { EideticError } from '../domain/errors.ts';
import type { PictureId } from '../domain/picture.ts';
import { sourceOf } from '../domain/space.ts';
import { describeSystemError } from '../indexer/describe-system-error.ts';
import type { Library } from './library.ts';

/** Reads a picture file and embeds it. @throws EideticError NOT_FOUND and what Embedder.describe throws */
export async function describeFile(library: Library, path: string): Promise<DescribedPicture> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new EideticError(
      'NOT_FOUND',
      `The picture ${path} cannot be read: ${describeSystemError(cause)}; name a picture file that can be.`,
      { cause },
    );
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
    throw new EideticError(
      'NOT_FOUND',
      `The library has no picture ${id}; take an id that a search or a duplicate report shows.`,
    );
  }
  return embedding;
}
