import type { InputRecipe } from '../../src/domain/model.ts';
import type { PictureFacts } from '../../src/domain/picture.ts';
import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { preparePicture } from '../../src/imaging/prepare-picture.ts';
import { SQUASH } from './input-recipe.ts';

/** Prepares a picture for one model. */
export async function prepareOne(
  bytes: Uint8Array,
  recipe: InputRecipe = SQUASH,
  limits: Partial<typeof DEFAULT_PICTURE_LIMITS> = {},
): Promise<{ readonly facts: PictureFacts; readonly input: Float32Array }> {
  const {
    facts,
    inputs: [input = new Float32Array()],
  } = await preparePicture(bytes, [recipe], { ...DEFAULT_PICTURE_LIMITS, ...limits });
  return { facts, input };
}
