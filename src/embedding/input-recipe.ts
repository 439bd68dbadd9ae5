import type { InputRecipe, InstalledModel, ModelManifest } from '../domain/model.ts';
import { sizedInput, takesSize } from './input-size.ts';
import { modelKey } from './model-key.ts';

/** The paper's k-NN protocol resizes the shorter side to 256 pixels before it cuts out 224. */
const SHORTER_SIDE_TO_CROP = 256 / 224;

/** What a person may choose of a recipe; null leaves it to the model. */
export interface RecipeChoice {
  /** How pictures are fitted into the model's input. */
  readonly resize: InputRecipe['resize'] | null;
  /** Side of the square that they become, pixels. */
  readonly inputSize: number | null;
}

/**
 * A manifest whose recipe is the chosen one. What its similarities mean is known of the model's own recipe alone.
 * @throws EideticError INVALID_INPUT when the model takes no pictures of that size
 */
export function withChosenRecipe(
  manifest: ModelManifest,
  { resize, inputSize }: RecipeChoice,
): ModelManifest {
  const sized = inputSize === null ? manifest.input : sizedInput(manifest, inputSize);
  return withInput(manifest, fitPictures(sized, resize ?? sized.resize));
}

/** The manifest of a model as pictures were prepared for it before, as far as it is the same one and can follow. */
export function withFormerRecipe(manifest: ModelManifest, former: ModelManifest): ModelManifest {
  const { resize, height, width } = former.input;
  const isSized =
    manifest.id === former.id &&
    (height !== manifest.input.height || width !== manifest.input.width) &&
    takesSize(manifest, former.input);
  return withChosenRecipe(manifest, { resize, inputSize: isSized ? height : null });
}

/** The same weights by another manifest: with another recipe another key, because the embeddings cannot be compared. */
export function withManifest(model: InstalledModel, manifest: ModelManifest): InstalledModel {
  return { ...model, manifest, key: modelKey(manifest) };
}

function withInput(manifest: ModelManifest, input: InputRecipe): ModelManifest {
  if (input === manifest.input) {
    return manifest;
  }
  const { bounds: _, ...rest } = manifest;
  return { ...rest, input };
}

/** A recipe with another way to fit pictures into the model's input. */
function fitPictures(input: InputRecipe, resize: InputRecipe['resize']): InputRecipe {
  if (input.resize === resize) {
    return input;
  }
  const resizeTo =
    resize === 'squash'
      ? input.height
      : Math.round(Math.max(input.height, input.width) * SHORTER_SIDE_TO_CROP);
  return { ...input, resize, resizeTo };
}
