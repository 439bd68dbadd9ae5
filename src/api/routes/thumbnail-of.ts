import type { CatalogPicture } from '../../domain/picture-catalog.ts';
import type { ApiParts } from '../api-parts.ts';
import { until } from '../request-signal.ts';

/**
 * A picture's thumbnail as WebP, as it was kept or drawn in its turn.
 * @param maxSide longest side, pixels
 * @throws EideticError NOT_FOUND, OVERLOADED, IMAGE_UNREADABLE
 */
export async function thumbnailOf(
  { thumbnails, drawing, metrics }: ApiParts,
  picture: CatalogPicture,
  maxSide: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const kept = await thumbnails.find(picture, maxSide);
  const draw = () => metrics.time('thumbnail', () => thumbnails.draw(picture, maxSide));
  return kept ?? until(drawing.run(draw, signal), signal);
}
