import type { CatalogPicture } from '../../domain/catalog.ts';
import type { Picture } from '../schemas/picture-schema.ts';
import type { PathView } from './path-view.ts';

/** A picture as the API shows it. */
export function toPictureAnswer(picture: CatalogPicture, view: PathView): Picture {
  const { pixelHash: _, files, ...facts } = picture;
  return { ...facts, files: files.map(view.show), thumbnail: `/v1/pictures/${picture.id}/thumbnail` };
}
