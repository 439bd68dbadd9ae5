import type { CatalogPicture } from '../../domain/catalog.ts';
import { EideticError } from '../../domain/errors.ts';
import type { PictureId } from '../../domain/picture.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Picture } from '../schemas/picture-schema.ts';
import type { PathView } from './path-view.ts';

/** A picture as the API shows it. */
export function toPictureAnswer(picture: CatalogPicture, view: PathView): Picture {
  const { pixelHash: _, files, ...facts } = picture;
  return { ...facts, files: files.map(view.show), thumbnail: `/v1/pictures/${picture.id}/thumbnail` };
}

/** @throws EideticError NOT_FOUND */
export async function requirePicture(engine: Engine, id: PictureId): Promise<CatalogPicture> {
  const [picture] = await engine.catalog.pictures([id]);
  if (picture === undefined) {
    throw new EideticError('NOT_FOUND', `The library has no picture ${id}.`);
  }
  return picture;
}
