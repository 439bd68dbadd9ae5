import type { PictureLimits } from '../domain/picture-limits.ts';
import { withPicture } from './open-picture.ts';

const QUALITY = 80;

/**
 * Draws a small upright copy of a picture as WebP, transparency kept; a picture smaller than that is not enlarged.
 * @param bytes a whole picture file
 * @param maxSide longest side, pixels, 1 or more
 * @throws EideticError IMAGE_UNREADABLE, IMAGE_TOO_LARGE or FORMAT_UNSUPPORTED
 */
export async function makeThumbnail(
  bytes: Uint8Array,
  maxSide: number,
  limits: PictureLimits,
): Promise<Uint8Array> {
  return withPicture(bytes, limits, 'alone', (picture) =>
    picture.decode((frame) =>
      frame
        .resize(maxSide, maxSide, { fit: 'inside', kernel: 'cubic', withoutEnlargement: true })
        .webp({ quality: QUALITY })
        .toBuffer(),
    ),
  );
}
