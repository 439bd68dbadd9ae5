import type { Embedding } from '../../domain/embedding.ts';
import { EideticError } from '../../domain/errors.ts';
import type { PictureId } from '../../domain/picture.ts';
import type { CatalogPicture } from '../../domain/picture-catalog.ts';
import type { Space } from '../../domain/space.ts';
import { embeddingOf } from '../../engine/describe-picture.ts';
import type { ApiParts } from '../api-parts.ts';

type LookUpParts = Pick<ApiParts, 'library' | 'metrics'>;

/** A picture of the library. @param mostFiles see PictureCatalog.pictures @throws EideticError NOT_FOUND */
export async function requirePicture(
  { library, metrics }: LookUpParts,
  id: PictureId,
  mostFiles?: number,
): Promise<CatalogPicture> {
  const [picture] = await metrics.time('catalog', () =>
    library.catalog.pictures.pictures([id], {}, mostFiles),
  );
  if (picture === undefined) {
    throw new EideticError('NOT_FOUND', `The library has no picture ${id}.`);
  }
  return picture;
}

/** The embedding of a picture of the library in a space. @throws EideticError NOT_FOUND */
export function requireEmbedding(
  { library, metrics }: LookUpParts,
  space: Space,
  id: PictureId,
): Promise<Embedding> {
  return metrics.time('catalog', () => embeddingOf(library, space, id));
}
