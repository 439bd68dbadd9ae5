import type { Config } from '../config/config.ts';
import type { DescriptorStore } from '../domain/descriptor-store.ts';
import { EideticError } from '../domain/errors.ts';
import type { InstalledModel } from '../domain/model.ts';
import type { KnownModel } from '../domain/model-registry.ts';
import { SIMILAR, type Space, sourceOf } from '../domain/space.ts';
import type { StoredSpace } from '../domain/space-store.ts';
import { withChosenRecipe, withFormerRecipe, withManifest } from '../embedding/input-recipe.ts';
import { isSquareOf } from '../embedding/input-size.ts';
import { findManifest, findModel } from '../embedding/model-store.ts';
import { describingModel, isOfModel, isPreparedAlike } from './describing-model.ts';
import { copyOf, similarOf } from './model-spaces.ts';
import { addSpace, type ModelledSpace, type SpaceParts, withModel } from './modelled-space.ts';
import { reindexCommand } from './reindex-command.ts';
import { addBeside, type ChosenSpaces } from './spaces-beside.ts';

/**
 * Finds the spaces that a library is used with, and their models: `similar` of the model that was asked for, else the
 * active one, else (in a new library) that of the bundled model; `copy` of the same model, else of the one that gives it in
 * this library, else (in a new one, and when a model may be added) of the bundled one. A library keeps to its models:
 * embeddings of two cannot be compared. What it has can be searched without them; only describing needs them installed.
 * @param mayAddModel whether the model shall be the installed one, even if it is another than those that the library
 *   knows: of the name that was asked for, else of the active model's, else the bundled one
 * @throws EideticError MODEL_MISMATCH when the library was not indexed with the model, or at the input size, that was
 *   asked for; MODEL_UNAVAILABLE when a model is needed that is not installed; INVALID_INPUT when it does not take
 *   pictures of that size
 */
export async function chooseSpaces(
  config: Config,
  catalog: SpaceParts,
  mayAddModel: boolean,
): Promise<ChosenSpaces> {
  const stored = await catalog.spaces.spaces();
  const similars = similarSpaces(stored, await catalog.models.models());
  const kept = mayAddModel ? null : await keptSpace(similars, config);
  const chosen =
    kept &&
    (await addBeside(catalog, config, kept, () =>
      describingModel(kept.model, config.model ?? kept.model.manifest.id, config),
    ));
  if (chosen !== null && kept?.space.isActive && !(chosen.describing instanceof EideticError)) {
    return chosen;
  }
  // What was opened and never filled is bound to no model yet.
  const isEmpty = await hasNoVectors(catalog.descriptors, stored);
  if (chosen !== null && !isEmpty) {
    return chosen;
  }
  const model = await installedModel(similars, config);
  if (!mayAddModel && !isEmpty) {
    throw refuseOther(similars, model, config);
  }
  const space = await addModelAndSpace(catalog, model);
  const added = await addBeside(
    catalog,
    config,
    { space, model },
    async () => model,
    () => addBundledCopy(catalog, config),
  );
  if (isEmpty && !catalog.isReadOnly) {
    await catalog.spaces.activate(added.toActivate);
  }
  return added;
}

function similarSpaces(
  stored: readonly StoredSpace[],
  known: readonly KnownModel[],
): ModelledSpace<StoredSpace>[] {
  return stored.filter(({ id }) => id === SIMILAR).flatMap((space) => withModel(space, known));
}

/** The space of the library that was asked for: of several the active one, else one of today's preparation. */
async function keptSpace(
  similars: readonly ModelledSpace<StoredSpace>[],
  { model: name, modelsFolder, resize, inputSize }: Config,
): Promise<ModelledSpace<StoredSpace> | null> {
  const active = similars.find(({ space }) => space.isActive);
  const manifest = name === null ? null : await findManifest(name, modelsFolder);
  const id = name ?? active?.model.manifest.id;
  const fitting = similars.filter(
    ({ model }) =>
      (manifest === null ? model.manifest.id === id : isOfModel(model, manifest)) &&
      (resize ?? model.manifest.input.resize) === model.manifest.input.resize &&
      (inputSize === null || isSquareOf(model.manifest.input, inputSize)),
  );
  return (
    fitting.find(({ space }) => space.isActive) ??
    fitting.find(({ model }) => isPreparedAlike(model)) ??
    fitting.at(-1) ??
    null
  );
}

async function hasNoVectors(descriptors: DescriptorStore, spaces: readonly StoredSpace[]): Promise<boolean> {
  for (const space of spaces) {
    if ((await descriptors.count(sourceOf(space))).count > 0) {
      return false;
    }
  }
  return true;
}

/**
 * The model that pictures shall be embedded with from now on, prepared as the library's are, but for what was asked for.
 * @throws EideticError INVALID_INPUT when it takes no pictures of the size that was asked for
 */
async function installedModel(
  similars: readonly ModelledSpace<StoredSpace>[],
  config: Config,
): Promise<InstalledModel> {
  const { model: name, modelsFolder } = config;
  const active = similars.find(({ space }) => space.isActive)?.model;
  const ownId = active?.manifest.id ?? null;
  const own = ownId === null ? null : await findManifest(ownId, modelsFolder);
  const found = await findModel(name ?? own?.id ?? null, modelsFolder);
  const ofSameId = similars.filter(({ model }) => model.manifest.id === found.manifest.id);
  const before = ofSameId.find(({ space }) => space.isActive) ?? ofSameId[0];
  const manifest =
    before === undefined ? found.manifest : withFormerRecipe(found.manifest, before.model.manifest);
  return withManifest(found, withChosenRecipe(manifest, config));
}

async function addModelAndSpace(catalog: SpaceParts, { key, manifest }: InstalledModel): Promise<Space> {
  if (!catalog.isReadOnly) {
    await catalog.models.add(key, manifest);
  }
  return addSpace(catalog, similarOf({ key, manifest }));
}

/** `copy` of the bundled model; null when that gives none, or nothing can be added. */
async function addBundledCopy(catalog: SpaceParts, { modelsFolder }: Config): Promise<ModelledSpace | null> {
  const model = await findModel(null, modelsFolder);
  const copy = copyOf(model);
  if (copy === null || catalog.isReadOnly) {
    return null;
  }
  await catalog.models.add(model.key, model.manifest);
  return { space: await addSpace(catalog, copy), model };
}

function refuseOther(
  similars: readonly ModelledSpace<StoredSpace>[],
  found: InstalledModel,
  config: Config,
): EideticError {
  const active = similars.find(({ space }) => space.isActive)?.model;
  const former = active === undefined ? 'other models' : nameOf(active);
  return new EideticError(
    'MODEL_MISMATCH',
    `The library ${config.library} was indexed with ${former}, found ${nameOf(found)}; embeddings of two models, or of two input sizes, cannot be compared. Run "${reindexCommand(config)}" to embed its pictures with that one too, or name another --library.`,
  );
}

function nameOf({ key, manifest: { id, input } }: KnownModel): string {
  return `${id} at ${input.width} x ${input.height} pixels (${key.slice(0, 12)})`;
}
