import type { InputRecipe } from '../domain/model.ts';
import type { PictureFacts, PictureRegion } from '../domain/picture.ts';
import type { PictureLimits } from '../domain/picture-limits.ts';
import { readCameraFacts } from './camera-facts.ts';
import { hashImageData } from './image-data-hash.ts';
import { toInputTensor } from './input-tensor.ts';
import { type DecodingPlace, type OpenPicture, withPicture } from './open-picture.ts';
import { areaOf, type PictureArea } from './picture-area.ts';
import { renderForRecipe } from './render-for-recipe.ts';

/** What a picture file tells before a model sees it. */
export interface PreparedPicture {
  readonly facts: PictureFacts;
  /** One for each recipe, in their order: a model's input for this one picture, [3, height, width], normalized. */
  readonly inputs: readonly Float32Array[];
}

/**
 * Tells the facts of a picture and makes the input of each model. The first frame of an animation or page counts,
 * upright, as 8-bit sRGB. Nothing is decoded that the inputs do not need, so a JPEG or WebP is read at the size of the
 * input or a little above; its every byte is looked at all the same, and one that is not whole is refused.
 * @param bytes a whole picture file; not changed
 * @param region the part to prepare; none means the whole picture
 * @throws EideticError IMAGE_UNREADABLE, IMAGE_TOO_LARGE or FORMAT_UNSUPPORTED, as {@link withPicture}
 * @throws UndecidedPicture in a `shared` place only
 */
export async function preparePicture(
  bytes: Uint8Array,
  recipes: readonly InputRecipe[],
  limits: PictureLimits,
  region?: PictureRegion,
  place: DecodingPlace = 'alone',
): Promise<PreparedPicture> {
  return withPicture(bytes, limits, place, async (picture) => {
    const area = areaOf(picture.size, region);
    const inputs = await makeInputs(picture, area, recipes);
    return {
      facts: {
        format: picture.format,
        width: area.width,
        height: area.height,
        ...picture.extent,
        imageDataHash: region === undefined ? hashImageData(bytes, picture.format) : null,
        ...(await readCameraFacts(picture.exif)),
      },
      inputs,
    };
  });
}

/** Recipes that want the picture alike share one decoding. */
async function makeInputs(
  picture: OpenPicture,
  area: PictureArea,
  recipes: readonly InputRecipe[],
): Promise<Float32Array[]> {
  const rendered = new Map<string, Awaited<ReturnType<typeof renderForRecipe>>>();
  const inputs: Float32Array[] = [];
  for (const recipe of recipes) {
    const { height, width, resize, resizeTo, kernel } = recipe;
    const way = JSON.stringify([height, width, resize, resizeTo, kernel]);
    const { data, channels } = rendered.get(way) ?? (await renderForRecipe(picture, area, recipe));
    rendered.set(way, { data, channels });
    inputs.push(toInputTensor(data, channels, recipe));
  }
  return inputs;
}
