import type { Config } from '../config/config.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { DescriptorStore } from '../domain/descriptor-store.ts';
import { EideticError } from '../domain/errors.ts';
import type { InstalledModel } from '../domain/model.ts';
import type { KnownModel } from '../domain/model-registry.ts';
import { type Space, type SpaceDefinition, sourceOf } from '../domain/space.ts';
import type { StoredSpace } from '../domain/space-store.ts';
import { withResize } from '../embedding/input-recipe.ts';
import { findManifest, findModel } from '../embedding/model-store.ts';
import { describingModel, isOfModel, isPreparedAlike } from './describing-model.ts';

/** The space that searches look in. */
const SIMILAR = 'similar';

type SpaceParts = Pick<Catalog, 'models' | 'spaces' | 'descriptors' | 'isReadOnly'>;

/** What a library is used with. */
export interface ChosenSpaces {
  readonly similar: Space;
  /** The model of `similar`. */
  readonly model: KnownModel;
  /** Keys of the models that pictures are described by: those of the active spaces, and that of `model`. */
  readonly modelKeys: readonly string[];
  /** Those models as they are installed, or why new pictures cannot be described. */
  readonly describing: readonly InstalledModel[] | EideticError;
}

/** A space of the library that searches can look in, with its model. */
interface SimilarSpace {
  readonly space: StoredSpace;
  readonly model: KnownModel;
}

/**
 * Finds the spaces that a library is used with, and their models: `similar` of the model that was asked for, else the
 * active one, else (in a new library) that of the bundled model. A library keeps to its models: embeddings of two
 * cannot be compared. What it has can be searched without them; only describing needs them installed.
 * @param mayAddModel whether the model shall be the installed one, even if it is another than those that the library
 *   knows: of the name that was asked for, else of the active model's, else the bundled one
 * @throws EideticError MODEL_MISMATCH when the library was not indexed with the model that was asked for;
 *   MODEL_UNAVAILABLE when a model is needed that is not installed
 */
export async function chooseSpaces(
  config: Config,
  catalog: SpaceParts,
  mayAddModel: boolean,
): Promise<ChosenSpaces> {
  const known = await catalog.models.models();
  const stored = await catalog.spaces.spaces();
  const similars = similarSpaces(stored, known);
  const others = known.filter(({ key }) =>
    stored.some(({ id, isActive, modelKey }) => isActive && id !== SIMILAR && modelKey === key),
  );
  const kept = mayAddModel ? null : await keptSpace(similars, config);
  const chosen = kept && {
    ...{ similar: kept.space, model: kept.model, modelKeys: keysOf(kept.model, others) },
    describing: await orRefusal(async () => [
      await describingModel(kept.model, config.model ?? kept.model.manifest.id, config),
      ...(await furtherModels(kept.model, others, config)),
    ]),
  };
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
  const similar = await addSpace(catalog, model);
  if (isEmpty && !catalog.isReadOnly) {
    await catalog.spaces.activate(similar.id, similar.revision);
  }
  return {
    ...{ similar, model, modelKeys: keysOf(model, others) },
    describing: await orRefusal(async () => [model, ...(await furtherModels(model, others, config))]),
  };
}

function similarSpaces(stored: readonly StoredSpace[], known: readonly KnownModel[]): SimilarSpace[] {
  return stored
    .filter(({ id }) => id === SIMILAR)
    .flatMap((space) => {
      const model = known.find(({ key }) => key === space.modelKey);
      return model === undefined ? [] : [{ space, model }];
    });
}

/** The space of the library that was asked for: of several the active one, else one of today's preparation. */
async function keptSpace(
  similars: readonly SimilarSpace[],
  { model: name, modelsFolder, resize }: Config,
): Promise<SimilarSpace | null> {
  const active = similars.find(({ space }) => space.isActive);
  const manifest = name === null ? null : await findManifest(name, modelsFolder);
  const id = name ?? active?.model.manifest.id;
  const fitting = similars.filter(
    ({ model }) =>
      (manifest === null ? model.manifest.id === id : isOfModel(model, manifest)) &&
      (resize ?? model.manifest.input.resize) === model.manifest.input.resize,
  );
  return (
    fitting.find(({ space }) => space.isActive) ??
    fitting.find(({ model }) => isPreparedAlike(model)) ??
    fitting.at(-1) ??
    null
  );
}

function keysOf(model: KnownModel, others: readonly KnownModel[]): readonly string[] {
  return [...new Set([model, ...others].map(({ key }) => key))];
}

/** The installed models of other spaces, without the one that is there already. */
async function furtherModels(
  model: KnownModel,
  others: readonly KnownModel[],
  config: Config,
): Promise<InstalledModel[]> {
  const models: InstalledModel[] = [];
  for (const other of others.filter(({ key }) => key !== model.key)) {
    models.push(await describingModel(other, other.manifest.id, config));
  }
  return models;
}

async function orRefusal<Value>(find: () => Promise<Value>): Promise<Value | EideticError> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof EideticError) {
      return error;
    }
    throw error;
  }
}

async function hasNoVectors(descriptors: DescriptorStore, spaces: readonly StoredSpace[]): Promise<boolean> {
  for (const space of spaces) {
    if ((await descriptors.count(sourceOf(space))).count > 0) {
      return false;
    }
  }
  return true;
}

/** The model that pictures shall be embedded with from now on, fitting them as the library has. */
async function installedModel(
  similars: readonly SimilarSpace[],
  { model: name, modelsFolder, resize }: Config,
): Promise<InstalledModel> {
  const active = similars.find(({ space }) => space.isActive)?.model;
  const ownId = active?.manifest.id ?? null;
  const own = ownId === null ? null : await findManifest(ownId, modelsFolder);
  const found = await findModel(name ?? own?.id ?? null, modelsFolder);
  const ofSameId = similars.filter(({ model }) => model.manifest.id === found.manifest.id);
  const before = ofSameId.find(({ space }) => space.isActive) ?? ofSameId[0];
  return withResize(found, resize ?? before?.model.manifest.input.resize ?? found.manifest.input.resize);
}

async function addSpace(
  { models, spaces, isReadOnly }: SpaceParts,
  { key, manifest }: InstalledModel,
): Promise<Space> {
  const { dimensions } = manifest;
  const source = { modelKey: key, from: 'cls', transform: 'none' } as const;
  const definition: SpaceDefinition = { id: SIMILAR, ...source, dimensions, metric: 'cosine' };
  if (isReadOnly) {
    return { ...definition, revision: 0 }; // nothing is in it, and nothing can come
  }
  await models.add(key, manifest);
  return spaces.put(definition);
}

function refuseOther(
  similars: readonly SimilarSpace[],
  { key, manifest }: InstalledModel,
  { library }: Config,
): EideticError {
  const active = similars.find(({ space }) => space.isActive)?.model;
  return new EideticError(
    'MODEL_MISMATCH',
    `The library ${library} was indexed with ${active?.manifest.id} (${active?.key.slice(0, 12)}), found ${manifest.id} (${key.slice(0, 12)}); embeddings of two models cannot be compared. Run "eidetic reindex --model ${manifest.id}" to embed its pictures with that one too, or name another --library.`,
  );
}
