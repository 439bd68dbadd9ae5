import type { InputRecipe } from '../domain/model.ts';
import type { Pixels } from './canonical-pixels.ts';
import { toInputTensor } from './input-tensor.ts';
import { resizeToRecipe } from './resize-to-recipe.ts';

/**
 * Makes the input of several models from the same pixels, which are resized once for all that want them alike.
 * @returns one tensor a recipe, in their order, [3, height, width] each, normalized
 */
export async function makeInputs(pixels: Pixels, recipes: readonly InputRecipe[]): Promise<Float32Array[]> {
  const resized = new Map<string, Awaited<ReturnType<typeof resizeToRecipe>>>();
  const inputs: Float32Array[] = [];
  for (const recipe of recipes) {
    const { height, width, resize, resizeTo, kernel } = recipe;
    const way = JSON.stringify([height, width, resize, resizeTo, kernel]);
    const { data, channels } = resized.get(way) ?? (await resizeToRecipe(pixels, recipe));
    resized.set(way, { data, channels });
    inputs.push(toInputTensor(data, channels, recipe));
  }
  return inputs;
}
