import type { InputRecipe } from '../domain/model.ts';
import type { PictureFacts, PictureRegion } from '../domain/picture.ts';
import type { PictureLimits } from '../domain/picture-limits.ts';
import { readCameraFacts } from './camera-facts.ts';
import { type Pixels, toCanonicalPixels } from './canonical-pixels.ts';
import { cropPixels } from './crop-pixels.ts';
import { makeInputs } from './make-inputs.ts';
import { type OpenPicture, withPicture } from './open-picture.ts';
import { hashPixels } from './pixel-hash.ts';

/** What a picture file tells before a model sees it. */
export interface PreparedPicture {
  readonly facts: PictureFacts;
  /** One for each recipe, in their order: a model's input for this one picture, [3, height, width], normalized. */
  readonly inputs: readonly Float32Array[];
}

/**
 * Decodes a picture once and tells everything of it: facts, pixel hash, and the input of each model. The first frame of an
 * animation or page counts, upright, as 8-bit sRGB. The same pixels give the same hash and the same inputs in
 * any lossless format, with or without metadata, lying on their side with an orientation tag or upright. A picture of
 * which more is stored than that, and a region, has no pixel hash: see {@link StoredExtent}.
 * @param bytes a whole picture file; not changed
 * @param region the part to prepare; none means the whole picture
 * @throws EideticError IMAGE_UNREADABLE, IMAGE_TOO_LARGE or FORMAT_UNSUPPORTED, as {@link withPicture}
 */
export async function preparePicture(
  bytes: Uint8Array,
  recipes: readonly InputRecipe[],
  limits: PictureLimits,
  region?: PictureRegion,
): Promise<PreparedPicture> {
  return withPicture(bytes, limits, async (picture) => {
    const whole = await decodePixels(picture);
    const pixels = region === undefined ? whole : cropPixels(whole, region);
    const camera = await readCameraFacts(picture.exif);
    const { pages, bitDepth, isAllDecoded } = picture.extent;
    return {
      facts: {
        format: picture.format,
        width: pixels.width,
        height: pixels.height,
        pages,
        bitDepth,
        pixelHash: isAllDecoded && region === undefined ? hashPixels(pixels) : null,
        imageDataHash: null,
        ...camera,
      },
      inputs: await makeInputs(pixels, recipes),
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
