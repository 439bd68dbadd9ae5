import type { CatalogPicture } from '../../domain/catalog.ts';
import type { Embedding } from '../../domain/embedding.ts';
import { EideticError } from '../../domain/errors.ts';
import type { PictureId } from '../../domain/picture.ts';
import type { ApiParts } from '../api-parts.ts';

type LookUpParts = Pick<ApiParts, 'engine' | 'metrics'>;

/** A picture of the library. @throws EideticError NOT_FOUND */
export async function requirePicture(
  { engine, metrics }: LookUpParts,
  id: PictureId,
): Promise<CatalogPicture> {
  const [picture] = await metrics.time('catalog', () => engine.catalog.pictures([id]));
  if (picture === undefined) {
    throw new EideticError('NOT_FOUND', `The library has no picture ${id}.`);
  }
  return picture;
}

/** The embedding of a picture of the library. @throws EideticError NOT_FOUND */
export function requireEmbedding({ engine, metrics }: LookUpParts, id: PictureId): Promise<Embedding> {
  return metrics.time('catalog', () => engine.embeddingOf(id));
}
