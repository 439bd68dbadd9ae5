import { createHash } from 'node:crypto';
import type { DescribedPicture } from '../domain/descriptor.ts';
import type { Embedding } from '../domain/embedding.ts';
import { EideticError } from '../domain/errors.ts';
import type { ContentHash, PictureId } from '../domain/picture.ts';
import { type Space, sourceOf } from '../domain/space.ts';
import { spelledOnDisk } from '../indexer/spelled-on-disk.ts';
import type { Library } from './library.ts';
import { readPicture, readPictureStream } from './read-picture.ts';

/** A picture file that somebody named, or handed over. */
export interface DescribedFile extends DescribedPicture {
  readonly contentHash: ContentHash;
}

/**
 * Reads a picture file, by the Unicode form that its name has on disk, and embeds it.
 * @throws EideticError what readPicture and Embedder.describe throw
 */
export async function describeFile(library: Library, path: string): Promise<DescribedFile> {
  const bytes = await readPicture(await spelledOnDisk(path), library.config.limits.maxBytes);
  return describeBytes(library, bytes);
}

/** Likewise for a stream that holds one, such as stdin. @throws EideticError what readPictureStream throws */
export async function describeStream(
  library: Library,
  stream: AsyncIterable<Uint8Array>,
  name: string,
): Promise<DescribedFile> {
  return describeBytes(library, await readPictureStream(stream, library.config.limits.maxBytes, name));
}

/** Hashed first: what is handed over to be described is gone here. */
async function describeBytes(library: Library, bytes: Uint8Array): Promise<DescribedFile> {
  const contentHash = createHash('sha256').update(bytes).digest('hex');
  return { ...(await library.embedder().describe(bytes)), contentHash };
}

/** What a picture of the library is in a space. @throws EideticError NOT_FOUND */
export async function embeddingOf(
  { catalog }: Pick<Library, 'catalog'>,
  space: Space,
  id: PictureId,
): Promise<Embedding> {
  const embedding = await catalog.descriptors.vectorOfPicture(sourceOf(space), id);
  if (embedding !== null) {
    return embedding;
  }
  const isThere = (await catalog.pictures.pictures([id], {}, 1)).length > 0;
  throw new EideticError(
    'NOT_FOUND',
    isThere
      ? `The model that searches look with has not described picture ${id} yet; run "eidetic reindex" where the library is.`
      : `The library has no picture ${id}; take an id that a search or a duplicate report shows.`,
  );
}
