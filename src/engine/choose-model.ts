import type { Config } from '../config.ts';
import type { CatalogModel } from '../domain/catalog.ts';
import { EideticError } from '../domain/errors.ts';
import type { InstalledModel } from '../domain/model.ts';
import { withResize } from '../embedding/input-recipe.ts';
import { findModel } from '../embedding/model-store.ts';

/**
 * Finds the model that a library is used with: the one that was asked for, else its own, else the bundled one. A
 * library keeps to its models: embeddings of two cannot be compared.
 * @param known the models that the library was indexed with
 * @param mayAddModel whether it may be another than those
 * @throws EideticError MODEL_UNAVAILABLE, MODEL_MISMATCH
 */
export async function chooseModel(
  config: Config,
  known: readonly CatalogModel[],
  mayAddModel: boolean,
): Promise<InstalledModel> {
  const active = known.find((model) => model.active);
  const found = await findModel(config.model ?? active?.manifest.id ?? null, config.modelsFolder);
  const ofSameId = known.filter(({ manifest }) => manifest.id === found.manifest.id);
  const before = ofSameId.find((model) => model.active) ?? ofSameId[0];
  const model = withResize(
    found,
    config.resize ?? before?.manifest.input.resize ?? found.manifest.input.resize,
  );
  if (known.length > 0 && !mayAddModel && !known.some(({ key }) => key === model.key)) {
    throw new EideticError(
      'MODEL_MISMATCH',
      `The library ${config.library} was indexed with ${active?.manifest.id} (${active?.key.slice(0, 12)}), found ${model.manifest.id} (${model.key.slice(0, 12)}); embeddings of two models cannot be compared. Run "eidetic reindex --model ${model.manifest.id}" to embed its pictures with that one too, or name another --library.`,
    );
  }
  return model;
}
