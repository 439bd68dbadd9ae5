import type { Config } from '../config/config.ts';
import { EideticError } from '../domain/errors.ts';
import type { InstalledModel } from '../domain/model.ts';
import { COPY, SIMILAR, type SpaceDefinition } from '../domain/space.ts';
import { withChosenRecipe, withManifest } from '../embedding/input-recipe.ts';
import { findModel } from '../embedding/model-store.ts';
import { copyOf, similarOf } from './model-spaces.ts';

/** Which spaces of each model are evaluated. */
export const EVALUATED_SPACES = [SIMILAR, COPY, 'all'] as const;

export type SpaceChoice = (typeof EVALUATED_SPACES)[number];

/**
 * Finds the models that are to be evaluated, each once.
 * @param names ids or folders; none means that of the configuration, or the bundled one
 * @throws EideticError MODEL_UNAVAILABLE; INVALID_INPUT when one takes no pictures of the size that was chosen
 */
export async function evaluatedModels(config: Config, names: readonly string[]): Promise<InstalledModel[]> {
  const models = new Map<string, InstalledModel>();
  for (const name of names.length > 0 ? names : [config.model]) {
    const found = await findModel(name, config.modelsFolder);
    const model = withManifest(found, withChosenRecipe(found.manifest, config));
    models.set(model.key, model);
  }
  return [...models.values()];
}

/**
 * The spaces of a model that a choice names.
 * @throws EideticError INVALID_INPUT when the model lacks the one that was asked for
 */
export function spacesOf(model: InstalledModel, choice: SpaceChoice): SpaceDefinition[] {
  const { manifest } = model;
  const spaces = [similarOf(model), copyOf(model)]
    .filter((space) => space !== null)
    .filter(({ id }) => choice === 'all' || choice === id);
  if (spaces.length === 0) {
    throw new EideticError(
      'INVALID_INPUT',
      `The model ${manifest.id} has no space "${choice}", since it gives no such vector; leave --space out to evaluate what each model has.`,
    );
  }
  return spaces;
}
