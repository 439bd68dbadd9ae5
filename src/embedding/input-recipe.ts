import type { InputRecipe, InstalledModel } from '../domain/model.ts';
import { modelKey } from './model-key.ts';

/** The paper's k-NN protocol resizes the shorter side to 256 pixels before it cuts out 224. */
const SHORTER_SIDE_TO_CROP = 256 / 224;

/** A recipe with another way to fit pictures into the model's input. */
export function fitPictures(input: InputRecipe, resize: InputRecipe['resize']): InputRecipe {
  if (input.resize === resize) {
    return input;
  }
  const resizeTo =
    resize === 'squash'
      ? input.height
      : Math.round(Math.max(input.height, input.width) * SHORTER_SIDE_TO_CROP);
  return { ...input, resize, resizeTo };
}

/** The same weights with another recipe: another key, because the embeddings cannot be compared. */
export function withResize(model: InstalledModel, resize: InputRecipe['resize']): InstalledModel {
  const manifest = { ...model.manifest, input: fitPictures(model.manifest.input, resize) };
  return { ...model, manifest, key: modelKey(manifest) };
}
