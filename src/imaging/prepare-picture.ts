import type { InputRecipe } from '../domain/model.ts';
import type { PictureFacts, PictureRegion } from '../domain/picture.ts';
import type { PictureLimits } from '../domain/picture-limits.ts';
import { readCameraFacts } from './camera-facts.ts';
import { type Pixels, toCanonicalPixels } from './canonical-pixels.ts';
import { cropPixels } from './crop-pixels.ts';
import { toInputTensor } from './input-tensor.ts';
import { type OpenPicture, withPicture } from './open-picture.ts';
import { hashPixels } from './pixel-hash.ts';
import { resizeToRecipe } from './resize-to-recipe.ts';

/** What a picture file tells before a model sees it. */
export interface PreparedPicture {
  readonly facts: PictureFacts;
  /** The model's input for this one picture: [3, height, width] of the recipe, normalized. */
  readonly input: Float32Array;
}

/**
 * Decodes a picture once and tells everything of it: facts, pixel hash, and the model's input. The first frame of an
 * animation or page counts, upright, as 8-bit sRGB. The same pixels give the same hash and the same input in any
 * lossless format, with or without metadata, lying on their side with an orientation tag or upright.
 * @param bytes a whole picture file; not changed
 * @param region the part to prepare; none means the whole picture
 * @throws EideticError IMAGE_UNREADABLE, IMAGE_TOO_LARGE or FORMAT_UNSUPPORTED, as {@link withPicture}
 */
export async function preparePicture(
  bytes: Uint8Array,
  recipe: InputRecipe,
  limits: PictureLimits,
  region?: PictureRegion,
): Promise<PreparedPicture> {
  return withPicture(bytes, limits, async (picture) => {
    const whole = await decodePixels(picture);
    const pixels = region === undefined ? whole : cropPixels(whole, region);
    const camera = await readCameraFacts(picture.exif);
    const resized = await resizeToRecipe(pixels, recipe);
    return {
      facts: {
        format: picture.format,
        width: pixels.width,
        height: pixels.height,
        pixelHash: hashPixels(pixels),
        ...camera,
      },
      input: toInputTensor(resized.data, resized.channels, recipe),
    };
  });
}

async function decodePixels(picture: OpenPicture): Promise<Pixels> {
  const { data, info } = await picture.decode((frame) =>
    frame.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true }),
  );
  const { width, height, channels } = info;
  return toCanonicalPixels({ data, width, height, channels: channels as Pixels['channels'] });
}
