import type { CatalogPicture } from '../domain/picture-catalog.ts';
import type { PixelAnswer } from '../domain/pixel-hasher.ts';
import { lookAtPixels, type PixelParts } from '../duplicates/look-at-pixels.ts';
import { keepIfPossible } from './keep-if-possible.ts';
import type { Library } from './library.ts';

/** What looking at the pixels of a library's pictures works with. */
export function pixelParts(library: Library): PixelParts {
  const { pictures } = library.catalog;
  return {
    pictures,
    hasher: library.pixelHasher(),
    keep: keepIfPossible(library, 'what was found of pixels', (pixels) => pictures.keepPixels(pixels)),
  };
}

/** What is known of a picture's pixels, or is found by looking at them now. @throws the signal's reason */
export async function pixelsOf(
  library: Library,
  picture: CatalogPicture,
  signal: AbortSignal,
): Promise<PixelAnswer> {
  const [answer] = await lookAtPixels(pixelParts(library), [[picture]], () => {}, signal);
  return answer as PixelAnswer;
}
