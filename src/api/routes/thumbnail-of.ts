import type { CatalogPicture } from '../../domain/picture-catalog.ts';
import { until } from '../../domain/until.ts';
import type { ApiParts } from '../api-parts.ts';
import { requirePicture } from './look-up.ts';

/**
 * A picture's thumbnail as WebP, as it was kept or drawn in its turn, from any of its files.
 * @param picture need not have all its files
 * @param maxSide longest side, pixels
 * @throws EideticError NOT_FOUND, OVERLOADED, IMAGE_UNREADABLE
 */
export async function thumbnailOf(
  parts: ApiParts,
  picture: CatalogPicture,
  maxSide: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { thumbnails, drawing, metrics } = parts;
  const kept = await thumbnails.find(picture, maxSide);
  const draw = () =>
    metrics.time('thumbnail', async () => thumbnails.draw(await requirePicture(parts, picture.id), maxSide));
  return kept ?? until(drawing.run(draw, signal), signal);
}
