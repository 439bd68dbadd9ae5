import { EideticError } from '../domain/errors.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import type { PixelAnswer } from '../domain/pixel-hasher.ts';
import { lookAtPixels, type PixelParts } from '../duplicates/look-at-pixels.ts';
import type { Library } from './library.ts';

/** What stands in the way of keeping an answer, and of nothing else: the answer is as right. */
const OBSTACLES: ReadonlySet<string> = new Set(['READ_ONLY', 'STORAGE_FULL', 'CATALOG_BUSY']);

/** What looking at the pixels of a library's pictures works with. */
export function pixelParts(library: Library): PixelParts {
  const { catalog, logger } = library;
  let mayKeep = !catalog.isReadOnly;
  return {
    pictures: catalog.pictures,
    hasher: library.pixelHasher(),
    async keep(pixels) {
      try {
        await (mayKeep ? catalog.pictures.keepPixels(pixels) : undefined);
      } catch (error) {
        if (!(error instanceof EideticError && OBSTACLES.has(error.code))) {
          throw error;
        }
        mayKeep = false;
        logger.warn('what was found of pixels is not kept, and looked at again the next time', {
          reason: error.message,
        });
      }
    },
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
