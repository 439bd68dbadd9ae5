import type { InputRecipe } from '../domain/model.ts';

/**
 * Puts 8-bit pixels into a model's order and range.
 * @param data height x width pixels of the recipe, row by row, channels side by side
 * @param channels 3 for RGB, or 1 for gray, which fills all three planes
 * @returns [3, height, width], (value / 255 - mean) / std
 */
export function toInputTensor(data: Uint8Array, channels: number, recipe: InputRecipe): Float32Array {
  const pixels = recipe.height * recipe.width;
  const tensor = new Float32Array(3 * pixels);
  for (const [channel, levels] of levelsOf(recipe).entries()) {
    const plane = tensor.subarray(channel * pixels, (channel + 1) * pixels);
    for (let i = 0, at = channel % channels; i < pixels; i++, at += channels) {
      plane[i] = levels[data[at] as number] as number;
    }
  }
  return tensor;
}

const known = new WeakMap<InputRecipe, readonly Float32Array[]>();

/** What each of the 256 values of a byte becomes, for each channel. */
function levelsOf(recipe: InputRecipe): readonly Float32Array[] {
  const levels =
    known.get(recipe) ??
    recipe.mean.map((mean, channel) => {
      const std = recipe.std[channel] as number;
      return Float32Array.from({ length: 256 }, (_, value) => (value / 255 - mean) / std);
    });
  known.set(recipe, levels);
  return levels;
}
